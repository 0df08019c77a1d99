/// An owned file descriptor, closed when its last user lets go, so that no thread can write into a reused number.
package final class Descriptor: Sendable {
  package enum Kind { case socket, pipe, other }

  package let number: Int32
  package let kind: Kind
  private let flagsToRestore: Int32?

  /// Makes a socket non-blocking for as long as it is owned.
  ///
  /// - Parameter forWriting: a pipe is then made non-blocking too. A terminal or a file keeps blocking writes, because
  ///   its flags are shared with programs that would not expect it.
  package init(owning number: Int32, forWriting: Bool) {
    self.number = number
    kind = Descriptors.kind(of: number)
    Descriptors.closeOnExec(number)
    if forWriting { Descriptors.disarmBrokenPipeSignal(for: number, kind: kind) }
    flagsToRestore = kind == .socket || (forWriting && kind == .pipe) ? Descriptors.makeNonBlocking(number) : nil
  }

  deinit {
    if let flagsToRestore { Descriptors.restoreFlags(number, flagsToRestore) }
    if number > 2 {
      Descriptors.close(number)
    } else if number >= 0 {
      Descriptors.pointAtNull(number)
    }
  }

  /// Whether the peer is gone for good: nothing that is written can ever be read.
  package var isHungUp: Bool { Descriptors.isHungUp(number) }
}
