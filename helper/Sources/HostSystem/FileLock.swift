#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The lock of an open file, by `flock`. The kernel frees it when the last copy of the descriptor is closed, however the
/// process ends.
package enum FileLock {
  package enum Outcome: Equatable {
    case held
    /// Another has it, alone or shared.
    case taken
    /// The file cannot be locked; the value is `errno`. Some file systems have no locks.
    case failed(Int32)
  }

  /// Locks a file without waiting.
  ///
  /// - Parameter isShared: with others who share it.
  package static func attempt(_ descriptor: Int32, isShared: Bool = false) -> Outcome {
    while flock(descriptor, (isShared ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0 {
      switch errno {
      case EINTR: continue
      case EWOULDBLOCK: return .taken
      default: return .failed(errno)
      }
    }
    return .held
  }

  /// Whether an open file is still the one at its path, which another may have removed or replaced before it was locked.
  /// A symbolic link in its place is another file.
  package static func isStill(_ descriptor: Int32, at path: String) -> Bool {
    guard let opened = FileIdentity(of: descriptor) else { return false }
    return FileIdentity(path, followsLinks: false) == opened
  }
}
