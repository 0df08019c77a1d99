import Foundation
import HostSystem

/// The way by which a running virtiofsd gets the root of another share.
final class ExchangeChannel {
  /// Follows virtiofsd's own socket, the first descriptor that it is given.
  static let numberInChild: Int32 = 4

  let near: Int32
  /// The end whose copy the child has.
  let far: Int32

  init() throws {
    (near, far) = try UnixSocket.makePair()
  }

  deinit {
    close(near)
    close(far)
  }
}
