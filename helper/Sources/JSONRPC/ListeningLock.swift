/// A lock file beside a listening socket, locked for as long as somebody listens. It tells a listener from a leftover
/// where the socket cannot: macOS refuses a client of a busy listener in the way that it refuses one of a dead one.
final class ListeningLock: Sendable {
  /// Milliseconds. A process that was killed may take so long to let go.
  private static let patience = 300

  /// Whether the file had been there before, so that a socket beside it is of this package.
  let wasThere: Bool
  private let path: String
  private let descriptor: Descriptor
  private let identity: System.FileIdentity

  /// Takes the lock for the socket at `socketPath`.
  /// - Throws: ``ListenError`` when another process has it, or when the file cannot be made or is not one of ours.
  init(socketPath: String) throws {
    let path = socketPath + ".lock"
    let deadline = System.uptimeMilliseconds + Self.patience
    while true {
      let (number, isNew) = try ListenError.naming(socketPath) { try System.openLockFile(path) }
      let descriptor = Descriptor(owning: number, forWriting: false)
      guard let held = System.ownFileIdentity(of: number) else {
        throw ListenError(socketPath, "\(path) is in the way; remove it or choose another path")
      }
      switch try ListenError.naming(socketPath, { try System.tryLock(number) }) {
      case .taken where System.uptimeMilliseconds < deadline: System.pause(milliseconds: 10)
      case .taken: throw ListenError(socketPath, "it is in use by another helper; end that one or choose another path")
      // Its last holder may have removed the file between the two calls.
      case .held where System.ownFileIdentity(at: path) != held: continue
      case .held, .unsupported:
        (self.path, self.descriptor, identity, wasThere) = (path, descriptor, held, !isNew)
        return
      }
    }
  }

  /// Removes the file, unless another one has taken its place. The lock is let go with the object.
  func removeFile() {
    guard System.ownFileIdentity(at: path) == identity else { return }
    try? System.removeFile(path)
  }
}
