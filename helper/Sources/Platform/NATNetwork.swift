import Foundation
import Virtualization

/// What the systems do differently in the network behind NAT.
package enum NATNetwork {
  /// A port of the host that leads to a port of the guest.
  package struct PortForward: Equatable {
    package var isUDP: Bool
    package var hostAddress: String
    package var hostPort: UInt16
    package var guestPort: UInt16

    package init(isUDP: Bool, hostAddress: String, hostPort: UInt16, guestPort: UInt16) {
      self.isUDP = isUDP
      self.hostAddress = hostAddress
      self.hostPort = hostPort
      self.guestPort = guestPort
    }
  }

  #if os(Linux)
    /// Whether the network itself has port forwards. Where it has none, the helper carries connections to the guest.
    package static let forwardsPorts = true

    /// Why ports of this kind cannot be forwarded; nil when they can.
    package static func portForwardProblem(isUDP: Bool) -> String? { nil }

    /// The address that the network gives to its only guest, where it is always the same.
    package static let fixedGuestAddress: String? = VZNATNetworkDeviceAttachment.guestAddress

    package static func setPortForwards(_ forwards: [PortForward], of attachment: VZNATNetworkDeviceAttachment) {
      attachment.portForwards = forwards.map {
        .init(
          transport: $0.isUDP ? .udp : .tcp, hostAddress: $0.hostAddress, hostPort: $0.hostPort,
          guestPort: $0.guestPort)
      }
    }

    /// What the host's DHCP server gave to the interface.
    package static func lease(of macAddress: String) -> DHCPLeases.Lease? { nil }
  #else
    package static let forwardsPorts = false

    package static func portForwardProblem(isUDP: Bool) -> String? {
      guard isUDP else { return nil }
      return "Only TCP ports can be forwarded on macOS; send to the guest's address, which network.addresses tells."
    }

    package static let fixedGuestAddress: String? = nil

    package static func setPortForwards(_ forwards: [PortForward], of attachment: VZNATNetworkDeviceAttachment) {
      preconditionFailure("asked for what forwardsPorts denies")
    }

    package static func lease(of macAddress: String) -> DHCPLeases.Lease? {
      guard let file = FileManager.default.contents(atPath: "/var/db/dhcpd_leases") else { return nil }
      return DHCPLeases(file).lease(of: macAddress)
    }
  #endif
}
