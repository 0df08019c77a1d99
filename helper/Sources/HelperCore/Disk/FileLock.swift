import Foundation
import HelperProtocol
import Platform

/// Holds one thing by its name: a small file that is locked with `flock`. The kernel frees it when the process dies,
/// however it dies.
final class FileLock {
  /// A refusal that may not last: whoever holds the thing is about to end, and so to let go of it.
  struct HolderIsEnding: Error {
    /// The error to tell when it does not end after all.
    let refusal: WireError
  }

  /// Seconds that a helper which was killed may take to let go of what it has.
  static let patience = 2.0
  /// Seconds between two attempts.
  static let pause = 0.02

  private(set) var descriptor: Int32
  private let path: String

  /// - Parameters:
  ///   - path: the file, in a folder that exists; made when missing, removed by the last holder.
  ///   - refusal: makes the error to throw when another holds it, from the open file.
  /// - Throws: `SystemError`, or what `refusal` makes.
  init(_ path: String, isShared: Bool = false, refusal: (_ descriptor: Int32) -> any Error) throws {
    self.path = path
    descriptor = try Self.acquire(path, isShared: isShared, refusal)
  }

  deinit { release() }

  /// Lets go. Doing it twice is fine.
  func release() {
    guard descriptor >= 0 else { return }
    // The last one out removes the file; whoever opened it in the meantime notices and opens it anew.
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unlink(path) }
    close(descriptor)
    descriptor = -1
  }

  private static func acquire(_ path: String, isShared: Bool, _ refusal: (Int32) -> any Error) throws -> Int32 {
    while true {
      let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
      guard descriptor >= 0 else { throw SystemError(errno, "open the lock file", path: path) }
      guard flock(descriptor, (isShared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0 else {
        let number = errno
        defer { close(descriptor) }
        if number == EINTR { continue }
        guard number == EWOULDBLOCK else { throw SystemError(number, "lock", path: path) }
        throw refusal(descriptor)
      }
      if isStill(descriptor, at: path) { return descriptor }
      close(descriptor)
    }
  }

  /// Whether a path still names an open file.
  static func isStill(_ descriptor: Int32, at path: String) -> Bool {
    var opened = stat()
    var named = stat()
    return fstat(descriptor, &opened) == 0 && lstat(path, &named) == 0 && opened.st_ino == named.st_ino
      && opened.st_dev == named.st_dev
  }
}
