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
    /// Why ports cannot be forwarded; nil when they can.
    package static let portForwardProblem: String? = nil

    /// The address that the network gives to its only guest, where it is always the same.
    package static let fixedGuestAddress: String? = VZNATNetworkDeviceAttachment.guestAddress

    package static func setPortForwards(_ forwards: [PortForward], of attachment: VZNATNetworkDeviceAttachment) {
      attachment.portForwards = forwards.map {
        .init(
          transport: $0.isUDP ? .udp : .tcp, hostAddress: $0.hostAddress, hostPort: $0.hostPort,
          guestPort: $0.guestPort)
      }
    }

    /// The address that the host's DHCP server gave to the interface.
    package static func leasedAddress(of macAddress: String) -> String? { nil }
  #else
    package static let portForwardProblem: String? =
      "The framework's NAT network has no port forwards; connect to the guest's own address."

    package static let fixedGuestAddress: String? = nil

    package static func setPortForwards(_ forwards: [PortForward], of attachment: VZNATNetworkDeviceAttachment) {
      precondition(forwards.isEmpty, "asked for what portForwardProblem denies")
    }

    package static func leasedAddress(of macAddress: String) -> String? {
      guard let text = try? String(contentsOfFile: "/var/db/dhcpd_leases", encoding: .utf8) else { return nil }
      return DHCPLeases(text).address(of: macAddress)
    }
  #endif
}
