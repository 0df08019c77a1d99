/// Why a path could not be listened at: one sentence that says what is wrong and what helps.
public struct ListenError: Error, Sendable, Equatable, CustomStringConvertible {
  public let path: String
  public let description: String

  init(_ path: String, _ problem: String) {
    self.path = path
    description = "cannot listen at \(path): \(problem)"
  }

  /// Turns a failed system call into the error of the path that it was made for.
  static func naming<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as SystemError {
      throw ListenError(path, error.description)
    }
  }
}

/// A socket that listens at a path, and the file that it has there.
final class ListeningSocket: Sendable {
  /// Bytes. What fits on every system, with room to spare.
  static let maximumPathLength = 100
  /// Clients that may wait to be accepted.
  private static let backlog: Int32 = 64

  /// A leftover without a lock file is of another program, so it is looked at more than once: macOS refuses the clients
  /// of a listener that is merely busy.
  private static let looksAtStrangers = 5
  private static let millisecondsBetweenLooks: UInt32 = 20

  let descriptor: Descriptor
  private let lock: ListeningLock
  private let path: String
  private let identity: System.FileIdentity?

  /// Listens at `path` and takes the place of a socket that nobody answers at: the leftover of a process that was killed.
  init(path: String) throws {
    try Self.check(path)
    let descriptor = Descriptor(owning: try ListenError.naming(path) { try System.makeSocket() }, forWriting: false)
    let lock = try ListeningLock(socketPath: path)
    do {
      try Self.removeLeftover(path, looks: lock.wasThere ? 1 : Self.looksAtStrangers)
      identity = try ListenError.naming(path) {
        try System.listen(descriptor.number, at: path, backlog: Self.backlog)
        guard case .socket(let identity) = try System.fileKind(at: path) else { return nil }
        return identity
      }
    } catch {
      lock.removeFile()
      throw error
    }
    self.descriptor = descriptor
    self.lock = lock
    self.path = path
  }

  /// Removes the files, unless others have taken their places.
  func removeFile() {
    if let identity, (try? System.fileKind(at: path)) == .socket(identity) { try? System.removeFile(path) }
    lock.removeFile()
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

  private static func removeLeftover(_ path: String, looks: Int) throws {
    switch try ListenError.naming(path, { try System.fileKind(at: path) }) {
    case .missing: return
    case .other: throw ListenError(path, "a file that is not a socket is in the way; remove it or choose another path")
    case .socket:
      for look in 1...looks {
        guard try ListenError.naming(path, { try System.probe(path) }) == .nobody else {
          throw ListenError(path, "it is in use by another helper; end that one or choose another path")
        }
        if look < looks { System.pause(milliseconds: millisecondsBetweenLooks) }
      }
      try ListenError.naming(path) { try System.removeFile(path) }
    }
  }
}
