import CVirtualization
import Foundation

/// One epoll instance and the tokens that tell its descriptors apart.
final class EventPoller {
  struct Event {
    var token: UInt64
    var events: UInt32
  }

  private var descriptor: Int32
  private var lastToken: UInt64 = 15

  init() throws {
    descriptor = vz_vsock_epoll()
    guard descriptor >= 0 else { throw VsockError.noSocket(-descriptor) }
  }

  deinit {
    close()
  }

  /// Ends all watching; nothing can be added any more.
  func close() {
    if descriptor >= 0 { _ = Foundation.close(descriptor) }
    descriptor = -1
  }

  /// A token that was never used before; those below 16 are free for fixed purposes.
  func makeToken() -> UInt64 {
    lastToken += 1
    return lastToken
  }

  /// Watches for every change of `watched`. The watch ends when it is closed.
  func add(_ watched: Int32, token: UInt64) -> Bool {
    vz_vsock_epoll_add(descriptor, watched, token) == 0
  }

  func remove(_ watched: Int32) {
    vz_vsock_epoll_remove(descriptor, watched)
  }

  /// Waits at most `milliseconds` (-1: until something happens).
  func wait(_ milliseconds: Int32) -> [Event] {
    let capacity = 64
    return withUnsafeTemporaryAllocation(of: vz_vsock_event.self, capacity: capacity) { buffer in
      let count = vz_vsock_epoll_wait(descriptor, buffer.baseAddress, Int32(capacity), milliseconds)
      return buffer.prefix(Int(count)).map { Event(token: $0.token, events: $0.events) }
    }
  }
}
