/// A descriptor that stays readable once it has been signalled, to end the waits of other threads.
package final class WakeSignal: Sendable {
  private let reading: Descriptor
  private let writing: Descriptor

  /// Nil when the process has no descriptor left.
  package init?() {
    guard let ends = try? UnixSocket.makePair() else { return nil }
    reading = Descriptor(owning: ends.0, forWriting: false)
    writing = Descriptor(owning: ends.1, forWriting: true)
  }

  package var waitable: Int32 { reading.number }

  package func signal() {
    withUnsafeBytes(of: UInt8(1)) { _ = Descriptors.write(writing.number, $0, isSocket: true) }
  }
}
