import CVirtualization
import Foundation
import HostSystem

/// One thread which waits for all machines' descriptors: monitors, ends of children, their messages. Handlers run on it
/// and must be short. One thread for all keeps a machine's cost at a few kilobytes.
final class EventLoop: @unchecked Sendable {
  static let shared = EventLoop()

  typealias Token = UInt64

  private let epoll: Int32
  private let lock = NSLock()
  private var handlers: [Token: () -> Void] = [:]
  private var nextToken: Token = 1
  private var dispatching: Token = 0
  private var closeAfterDispatch: [Int32] = []

  private init() {
    epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
    precondition(epoll >= 0, "the system has no descriptor left for an event queue")
    let thread = Thread { [unowned self] in run() }
    thread.name = "vz-events"
    thread.stackSize = 256 << 10
    thread.start()
  }

  /// Calls `handler` on the loop's thread for as long as the descriptor is readable (or its other end is gone).
  func add(_ descriptor: Int32, handler: @escaping () -> Void) throws -> Token {
    lock.lock()
    defer { lock.unlock() }
    let token = nextToken
    nextToken += 1
    var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u64: token))
    guard epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0 else {
      throw SystemError(errno, "watch a descriptor")
    }
    handlers[token] = handler
    return token
  }

  /// Ends the watch and closes the descriptor, at once or, when its handler is running, right after that.
  func remove(_ token: Token, closing descriptor: Int32) {
    lock.lock()
    defer { lock.unlock() }
    guard handlers.removeValue(forKey: token) != nil else { return }
    _ = epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, nil)
    if dispatching == token {
      closeAfterDispatch.append(descriptor)
    } else {
      close(descriptor)
    }
  }

  private func run() {
    var events = [epoll_event](repeating: epoll_event(), count: 32)
    while true {
      let count = epoll_wait(epoll, &events, Int32(events.count), -1)
      for index in 0..<max(0, Int(count)) { dispatch(events[index].data.u64) }
    }
  }

  private func dispatch(_ token: Token) {
    lock.lock()
    let handler = handlers[token]
    dispatching = handler == nil ? 0 : token
    lock.unlock()
    guard let handler else { return }
    handler()
    lock.lock()
    dispatching = 0
    for descriptor in closeAfterDispatch { close(descriptor) }
    closeAfterDispatch.removeAll()
    lock.unlock()
  }
}
