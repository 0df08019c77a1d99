#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A lock file beside a listening socket, locked for as long as somebody listens. It tells a listener from a leftover
/// where the socket cannot: macOS refuses a client of a busy listener in the way that it refuses one of a dead one.
final class ListeningLock: Sendable {
  /// Milliseconds. A process that was killed may take so long to let go.
  private static let patience = 300

  private let file: LockFile
  /// Whether the file had been there before, so that a socket beside it is of this package.
  var wasThere: Bool { file.wasThere }

  /// Takes the lock for the socket at `socketPath`.
  /// - Throws: ``ListenError`` when another process has it, or when the file cannot be made or is not one of ours.
  init(socketPath: String) throws {
    let path = socketPath + ".lock"
    let deadline = Uptime.milliseconds + Self.patience
    while true {
      switch try ListenError.naming(socketPath, { try LockFile.take(path) }) {
      case .others where Uptime.milliseconds < deadline: Uptime.pause(milliseconds: 10)
      case .others:
        throw ListenError(socketPath, "it is in use by another helper; end that one or choose another path")
      case .mine(let file), .unsupported(let file, _):
        guard Self.isOwn(file) else {
          file.leave()
          throw ListenError(socketPath, "\(path) is in the way; remove it or choose another path")
        }
        self.file = file
        return
      }
    }
  }

  /// Removes the file, unless another one has taken its place. The lock is let go with the object.
  func removeFile() { file.remove() }

  /// Whether it is an ordinary file of this user.
  private static func isOwn(_ file: LockFile) -> Bool {
    var status = stat()
    return fstat(file.descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && status.st_uid == geteuid()
  }
}
