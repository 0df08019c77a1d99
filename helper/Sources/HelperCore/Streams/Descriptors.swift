import Foundation
import Platform

/// Small operations on file descriptors.
enum Descriptors {
  static func makeNonBlocking(_ descriptor: Int32) {
    let flags = fcntl(descriptor, F_GETFL)
    if flags >= 0 { _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) }
  }

  /// A copy that programs started later do not inherit.
  static func duplicate(_ descriptor: Int32) throws -> Int32 {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else { throw SystemError(errno, "duplicate a descriptor") }
    return copy
  }

  /// Asks for a larger send buffer, in bytes; the system may give less.
  static func setSendBuffer(_ descriptor: Int32, _ size: Int32) {
    var size = size
    setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout<Int32>.size))
  }

  /// Whether a call that failed with `errno` would have had to wait.
  static func wouldBlock(_ number: Int32) -> Bool { number == EAGAIN || number == EWOULDBLOCK }

  /// Repeats a call that a signal interrupted.
  static func retrying(_ call: () -> Int) -> Int {
    while true {
      let result = call()
      if result >= 0 || errno != EINTR { return result }
    }
  }
}
