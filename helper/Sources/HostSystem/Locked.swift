/// A value that is only reachable with its lock held, from any thread.
///
/// Inlinable, so that other modules get code for their own values and not for any.
package final class Locked<Value>: @unchecked Sendable {  // every access to `stored` goes through the monitor
  @usableFromInline let monitor = Monitor()
  @usableFromInline var stored: Value
  @usableFromInline var waiters = 0

  @inlinable
  package init(_ value: Value) { stored = value }

  /// The value, read or written whole.
  @inlinable
  package var value: Value {
    get { with { $0 } }
    set { with { $0 = newValue } }
  }

  /// Runs `body` with the lock held. Nothing in `body` may run foreign code, the release of a foreign
  /// closure included: the lock is not recursive.
  @inlinable @inline(__always)
  package func with<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
    monitor.lock()
    defer { monitor.unlock() }
    return try body(&stored)
  }

  /// Wakes everyone in `wait`. Called with the lock held, so that a change cannot slip past a waiter.
  @inlinable @inline(__always)
  package func broadcast() { if waiters > 0 { monitor.broadcast() } }

  /// Waits until `body` gives a result or the time is over; nil means the latter.
  @inlinable
  package func wait<Result>(milliseconds: Int, until body: (inout Value) -> Result?) -> Result? {
    let deadline = Uptime.milliseconds + milliseconds
    monitor.lock()
    waiters += 1
    defer {
      waiters -= 1
      monitor.unlock()
    }
    while true {
      if let result = body(&stored) { return result }
      let left = deadline - Uptime.milliseconds
      if left <= 0 { return nil }
      monitor.wait(milliseconds: left)
    }
  }
}
