import CVirtualization
import Foundation

/// What the front end has said about one queue, and the queue itself while it runs.
final class Vring {
  var layout = VirtqueueLayout()
  var base: UInt16 = 0
  /// What the front end was told when it stopped the queue.
  var returnedBase: UInt16?
  var isEnabled = false
  /// Nil while the driver has not set the queue up, or has stopped it.
  private(set) var queue: Virtqueue?

  /// Readable when the driver has added buffers.
  private(set) var kick: Int32 = -1
  private var call: Int32 = -1
  private var error: Int32 = -1

  deinit {
    for descriptor in [kick, call, error] where descriptor >= 0 { close(descriptor) }
  }

  /// The queue if it may be used now.
  var running: Virtqueue? {
    guard isEnabled, let queue, !queue.isBroken else { return nil }
    return queue
  }

  func setKick(_ descriptor: Int32?) { replace(&kick, descriptor) }
  func setCall(_ descriptor: Int32?) { replace(&call, descriptor) }
  func setError(_ descriptor: Int32?) { replace(&error, descriptor) }

  func start(_ queue: Virtqueue?) {
    self.queue = queue
  }

  /// Stops the queue; returns where it has to go on.
  func stop() -> UInt16 {
    if let queue { base = queue.base }
    queue = nil
    setKick(nil)
    returnedBase = base
    return base
  }

  /// Shows the driver what was used, and interrupts it if it wants that.
  func publish() {
    queue?.publish { if call >= 0 { vz_vsock_signal(call) } }
  }

  /// Tells the front end that the driver broke the rules of the queue.
  func reportBroken() {
    if error >= 0 { vz_vsock_signal(error) }
  }

  private func replace(_ slot: inout Int32, _ descriptor: Int32?) {
    if slot >= 0 { close(slot) }
    slot = descriptor ?? -1
  }
}
