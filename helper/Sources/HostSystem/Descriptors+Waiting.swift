#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension Descriptors {
  package enum Interest { case readable, writable, hangUpOnly }

  /// Waits until `descriptor` is ready (or broken) or `wake` is readable; -1 milliseconds waits for ever.
  package static func wait(
    for descriptor: Int32, _ interest: Interest, wake: Int32 = -1, milliseconds: Int32 = -1
  ) -> (ready: Bool, hungUp: Bool, woken: Bool) {
    let events: Int32
    switch interest {
    case .readable: events = Int32(POLLIN)
    case .writable: events = Int32(POLLOUT)
    // macOS reports nothing when nothing is asked for. POLLIN would report a peer that has only ended its own writing.
    case .hangUpOnly: events = Int32(POLLOUT)
    }
    var polled = (
      pollfd(fd: descriptor, events: Int16(events), revents: 0), pollfd(fd: wake, events: Int16(POLLIN), revents: 0)
    )
    let count = withUnsafeMutableBytes(of: &polled) { raw in
      poll(raw.bindMemory(to: pollfd.self).baseAddress, 2, milliseconds)
    }
    // Without memory for it the wait fails at once: a pause keeps the callers' loops from spinning.
    if count < 0, errno != EINTR { usleep(10_000) }
    guard count > 0 else { return (false, false, false) }
    let answer = Int32(polled.0.revents)
    return (answer != 0, answer & Int32(POLLERR | POLLHUP | POLLNVAL) != 0, polled.1.revents != 0)
  }

  /// Whether the peer has closed its end, so that nothing that is written can ever be read. A peer that has only ended
  /// its own writing still reads.
  package static func isHungUp(_ descriptor: Int32) -> Bool {
    wait(for: descriptor, .hangUpOnly, milliseconds: 0).hungUp
  }
}
