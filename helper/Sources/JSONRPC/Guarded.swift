/// A value that is only reachable with its lock held.
final class Guarded<Value>: @unchecked Sendable {  // every access to `value` goes through the monitor
  private let monitor = Monitor()
  private var value: Value
  private var waiters = 0

  init(_ value: Value) { self.value = value }

  /// Runs `body` with the lock held. Nothing in `body` may run foreign code, the release of a foreign
  /// closure included: the lock is not recursive.
  @inline(__always)
  func with<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
    monitor.lock()
    defer { monitor.unlock() }
    return try body(&value)
  }

  /// Wakes everyone in `wait`. Called with the lock held, so that a change cannot slip past a waiter.
  @inline(__always)
  func broadcast() { if waiters > 0 { monitor.broadcast() } }

  /// Waits until `body` gives a result or the time is over; nil means the latter.
  func wait<Result>(milliseconds: Int, until body: (inout Value) -> Result?) -> Result? {
    let deadline = System.uptimeMilliseconds + milliseconds
    monitor.lock()
    waiters += 1
    defer {
      waiters -= 1
      monitor.unlock()
    }
    while true {
      if let result = body(&value) { return result }
      let left = deadline - System.uptimeMilliseconds
      if left <= 0 { return nil }
      monitor.wait(milliseconds: left)
    }
  }
}
