#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A socket that listens at a path, and the file that it has there.
package final class ListeningSocket: Sendable {
  /// Clients that may wait to be accepted.
  private static let backlog: Int32 = 64

  /// A leftover without a lock file is of another program, so it is looked at more than once: macOS refuses the clients
  /// of a listener that is merely busy.
  private static let looksAtStrangers = 5
  private static let millisecondsBetweenLooks: UInt32 = 20

  package let descriptor: Descriptor
  private let lock: ListeningLock
  private let path: String
  private let identity: FileIdentity?

  /// Listens at `path` and takes the place of a socket that nobody answers at: the leftover of a process that was killed.
  package init(path: String) throws {
    try Self.check(path)
    let descriptor = Descriptor(
      owning: try ListenError.naming(path) { try StreamSockets.make(AF_UNIX) }, forWriting: false)
    let lock = try ListeningLock(socketPath: path)
    do {
      try Self.removeLeftover(path, looks: lock.wasThere ? 1 : Self.looksAtStrangers)
      identity = try ListenError.naming(path) {
        try UnixSocket.listen(descriptor.number, at: path, backlog: Self.backlog)
        guard case .socket(let identity) = try FileKind(at: path) else { return nil }
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
  package func removeFile() {
    if let identity, (try? FileKind(at: path)) == .socket(identity) { unlink(path) }
    lock.removeFile()
  }

  private static func check(_ path: String) throws {
    if path.isEmpty || path.utf8.contains(0) {
      throw ListenError(path, "this is no path")
    }
    let length = path.utf8.count
    guard length <= UnixSocket.maximumPathLength else {
      throw ListenError(
        path,
        "the path has \(length) bytes, the limit for a socket is \(UnixSocket.maximumPathLength) bytes; choose a shorter one"
      )
    }
  }

  private static func removeLeftover(_ path: String, looks: Int) throws {
    switch try ListenError.naming(path, { try FileKind(at: path) }) {
    case .missing: return
    case .other: throw ListenError(path, "a file that is not a socket is in the way; remove it or choose another path")
    case .socket:
      for look in 1...looks {
        guard try ListenError.naming(path, { try UnixSocket.probe(path) }) == .nobody else {
          throw ListenError(path, "it is in use by another helper; end that one or choose another path")
        }
        if look < looks { Uptime.pause(milliseconds: millisecondsBetweenLooks) }
      }
      try ListenError.naming(path) {
        guard unlink(path) == 0 || errno == ENOENT else { throw SystemError(errno, "remove", path: path) }
      }
    }
  }
}

/// What stands at a path. A symbolic link is not followed.
private enum FileKind: Equatable {
  case missing
  case socket(FileIdentity)
  case other

  init(at path: String) throws {
    var status = stat()
    if lstat(path, &status) != 0 {
      guard errno == ENOENT else { throw SystemError(errno, "look at", path: path) }
      self = .missing
    } else {
      self = status.st_mode & S_IFMT == S_IFSOCK ? .socket(FileIdentity(status)) : .other
    }
  }
}
