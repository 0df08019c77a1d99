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

  /// Writes everything, unless an error or `patience` milliseconds without room end it.
  static func writeAll(_ bytes: [UInt8], to descriptor: Int32, patience: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { part in retrying { write(descriptor, part.baseAddress, part.count) } }
      if count > 0 {
        rest = rest.dropFirst(count)
        continue
      }
      var query = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      guard count < 0, wouldBlock(errno), poll(&query, 1, patience) > 0 else { return }
    }
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
