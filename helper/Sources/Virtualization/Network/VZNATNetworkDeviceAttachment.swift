import Foundation

/// A network of the guest's own, from which it reaches what the host reaches. (macOS 11)
open class VZNATNetworkDeviceAttachment: VZNetworkDeviceAttachment {
  /// Ports of the host that lead into the guest.
  package var portForwards: [PortForward] = []

  public init() {
    super.init(base: ())
  }

  override func check() throws {
    for (index, forward) in portForwards.enumerated() {
      try checking("portForwards[\(index)]") { try forward.check() }
    }
  }
}
