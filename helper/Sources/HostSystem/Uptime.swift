#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A clock that never jumps.
package enum Uptime {
  package static var milliseconds: Int {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Int(now.tv_sec) * 1000 + Int(now.tv_nsec) / 1_000_000
  }

  /// Blocks the thread.
  package static func pause(milliseconds: UInt32) { usleep(milliseconds * 1000) }
}
