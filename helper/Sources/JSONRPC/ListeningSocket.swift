/// Why a path could not be listened at: one sentence that says what is wrong and what helps.
public struct ListenError: Error, Sendable, Equatable, CustomStringConvertible {
  public let path: String
  public let description: String

  init(_ path: String, _ problem: String) {
    self.path = path
    description = "cannot listen at \(path): \(problem)"
  }
}

/// A socket that listens at a path, and the file that it has there.
final class ListeningSocket: Sendable {
  /// Bytes. What fits on every system, with room to spare.
  static let maximumPathLength = 100
  /// Clients that may wait to be accepted.
  private static let backlog: Int32 = 64

  let descriptor: Descriptor
  private let path: String
  private let identity: System.FileIdentity?

  /// Listens at `path` and takes the place of a socket that nobody answers at: the leftover of a process that was killed.
  init(path: String) throws {
    try Self.check(path)
    let descriptor = Descriptor(owning: try Self.naming(path) { try System.makeSocket() }, forWriting: false)
    // Two that start at once must not take each other's new socket for a leftover.
    identity = try System.withFolderLocked(Self.folder(of: path)) {
      try Self.removeLeftover(path)
      return try Self.naming(path) {
        try System.listen(descriptor.number, at: path, backlog: Self.backlog)
        guard case .socket(let identity) = try System.fileKind(at: path) else { return nil }
        return identity
      }
    }
    self.descriptor = descriptor
    self.path = path
  }

  /// Removes the file, unless another one has taken its place.
  func removeFile() {
    guard let identity, (try? System.fileKind(at: path)) == .socket(identity) else { return }
    try? System.removeFile(path)
  }

  private static func check(_ path: String) throws {
    if path.isEmpty || path.utf8.contains(0) {
      throw ListenError(path, "this is no path")
    }
    let length = path.utf8.count
    guard length <= maximumPathLength else {
      throw ListenError(
        path, "the path has \(length) bytes, the limit for a socket is \(maximumPathLength) bytes; choose a shorter one"
      )
    }
  }

  private static func removeLeftover(_ path: String) throws {
    switch try naming(path, { try System.fileKind(at: path) }) {
    case .missing: return
    case .other: throw ListenError(path, "a file that is not a socket is in the way; remove it or choose another path")
    case .socket:
      guard try naming(path, { try System.probe(path) }) == .nobody else {
        throw ListenError(path, "it is in use by another helper; end that one or choose another path")
      }
      try naming(path) { try System.removeFile(path) }
    }
  }

  private static func naming<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as SystemError {
      throw ListenError(path, error.description)
    }
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
