/// An owned file descriptor, closed when its last user lets go, so that no thread can write into a reused number.
final class Descriptor: Sendable {
  enum Kind { case socket, pipe, other }

  let number: Int32
  let kind: Kind
  private let flagsToRestore: Int32?

  /// Makes a socket non-blocking for as long as it is owned.
  ///
  /// - Parameter forWriting: a pipe is then made non-blocking too. A terminal or a file keeps blocking writes, because
  ///   its flags are shared with programs that would not expect it.
  init(owning number: Int32, forWriting: Bool) {
    self.number = number
    kind = System.kind(of: number)
    System.closeOnExec(number)
    if forWriting { System.disarmBrokenPipeSignal(for: number, kind: kind) }
    flagsToRestore = kind == .socket || (forWriting && kind == .pipe) ? System.setNonBlocking(number) : nil
  }

  deinit {
    if let flagsToRestore { System.restoreFlags(number, flagsToRestore) }
    if number > 2 {
      System.close(number)
    } else if number >= 0 {
      System.pointAtNull(number)
    }
  }

  /// Whether the peer is gone for good: nothing that is written can ever be read.
  var isHungUp: Bool { System.wait(for: number, .hangUpOnly, milliseconds: 0).hungUp }
}

/// A descriptor that stays readable once it has been signalled, to end the waits of other threads.
final class WakeSignal: Sendable {
  private let reading: Descriptor
  private let writing: Descriptor

  /// Nil when the process has no descriptor left.
  init?() {
    guard let ends = try? System.makePair() else { return nil }
    reading = Descriptor(owning: ends.0, forWriting: false)
    writing = Descriptor(owning: ends.1, forWriting: true)
  }

  var waitable: Int32 { reading.number }

  func signal() {
    withUnsafeBytes(of: UInt8(1)) { _ = System.write(writing.number, $0, isSocket: true) }
  }
}
