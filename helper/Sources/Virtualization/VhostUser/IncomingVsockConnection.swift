import CVirtualization
import Foundation

/// A connection that the guest asks for. Answered exactly once: who drops it unanswered refuses it.
/// Used on the machine's queue.
final class IncomingVsockConnection {
  /// The guest's port, which the connection comes from.
  let guestPort: UInt32
  /// The host's port, which the guest wants to reach.
  let hostPort: UInt32
  private let token: UInt64
  private let reference: LoopReference
  private var ownEnd: Int32 = -1
  private var isAnswered = false

  init(key: VsockConnectionKey, token: UInt64, loop: LoopReference) {
    guestPort = key.guestPort
    hostPort = key.hostPort
    self.token = token
    reference = loop
  }

  deinit {
    refuse()
  }

  /// Makes the socket of the connection; the caller owns the returned end, which carries data once accepted. Nil when
  /// the process has no descriptors left.
  func makeDescriptor() -> Int32? {
    guard ownEnd < 0 else { return nil }
    var ends: [Int32] = [-1, -1]
    guard vz_vsock_socketpair(&ends) == 0 else { return nil }
    ownEnd = ends[0]
    return ends[1]
  }

  /// Tells the guest that the connection is open. ``makeDescriptor()`` comes first.
  func accept() {
    guard !isAnswered, ownEnd >= 0 else { return refuse() }
    isAnswered = true
    let (token, descriptor) = (token, ownEnd)
    ownEnd = -1
    guard let loop = reference.loop, loop.post({ $0.accept(token, descriptor: descriptor) }) else {
      close(descriptor)
      return
    }
  }

  /// Tells the guest that nobody takes the connection.
  func refuse() {
    guard !isAnswered else { return }
    isAnswered = true
    if ownEnd >= 0 { close(ownEnd) }
    ownEnd = -1
    let token = token
    _ = reference.loop?.post { $0.refuse(token) }
  }
}
