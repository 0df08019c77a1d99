import Foundation

extension VZNATNetworkDeviceAttachment {
  /// The address that the NAT network's DHCP server gives to the guest.
  package static var guestAddress: String { "10.0.2.15" }

  /// A port of the host that leads to a port of the guest.
  package struct PortForward: Equatable, Sendable {
    package enum Transport: String, Sendable {
      case tcp, udp
    }

    package var transport: Transport
    /// An IPv4 address of the host, for example 127.0.0.1.
    package var hostAddress: String
    package var hostPort: UInt16
    package var guestPort: UInt16

    package init(transport: Transport, hostAddress: String, hostPort: UInt16, guestPort: UInt16) {
      self.transport = transport
      self.hostAddress = hostAddress
      self.hostPort = hostPort
      self.guestPort = guestPort
    }

    func check() throws {
      var address = in_addr()
      guard inet_pton(AF_INET, hostAddress, &address) == 1, !hostAddress.utf8.contains(0) else {
        throw ConfigurationProblem("\(hostAddress.debugDescription) is not an IPv4 address.")
      }
      guard hostPort > 0, guestPort > 0 else {
        throw ConfigurationProblem("There is no port 0 to be forwarded.")
      }
    }
  }
}
