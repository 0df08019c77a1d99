import Foundation
import HelperProtocol
import Platform
import Virtualization

extension ConfigurationBuilder {
  func network(
    _ wire: NetworkDevice, _ index: Int, at field: String
  ) throws -> (VZNetworkDeviceConfiguration, NetworkDevice) {
    switch wire {
    case .virtio(var wire):
      let device = VZVirtioNetworkDeviceConfiguration()
      if let text = wire.macAddress {
        guard let address = VZMACAddress(string: text) else {
          throw WireError.invalidParams(
            "\(field).macAddress", "must be six hex bytes with colons, not \"\(text.prefix(64))\"")
        }
        device.macAddress = address
      } else {
        device.macAddress = .randomLocallyAdministered()
      }
      wire.macAddress = device.macAddress.string
      let forwards: [PortForward]
      (device.attachment, wire.attachment, forwards) = try networkAttachment(
        wire.attachment, at: "\(field).attachment")
      networks.append(NetworkUse(macAddress: device.macAddress.string, portForwards: forwards))
      return (device, .virtio(wire))
    }
  }

  private func networkAttachment(
    _ wire: NetworkAttachment, at field: String
  ) throws -> (VZNetworkDeviceAttachment, NetworkAttachment, [PortForward]) {
    switch wire {
    case .nat(var wire):
      let attachment = VZNATNetworkDeviceAttachment()
      let forwards = try (wire.portForwards ?? []).enumerated().map { index, forward in
        try resolve(forward, at: "\(field).portForwards[\(index)]")
      }
      if !forwards.isEmpty {
        wire.portForwards = forwards
        if NATNetwork.forwardsPorts {
          NATNetwork.setPortForwards(forwards.map(NATNetwork.PortForward.init), of: attachment)
        }
      }
      return (attachment, .nat(wire), forwards)
    }
  }

  /// A forward with nothing left open.
  private func resolve(_ wire: PortForward, at field: String) throws -> PortForward {
    let ports: ClosedRange<UInt32> = 1...65535
    guard ports.contains(wire.guestPort) else {
      throw WireError.invalidParams("\(field).guestPort", "must be a port from 1 to 65535, not \(wire.guestPort)")
    }
    guard wire.hostPort == 0 || ports.contains(wire.hostPort) else {
      throw WireError.invalidParams("\(field).hostPort", "must be a port from 0 to 65535, not \(wire.hostPort)")
    }
    let address = wire.hostAddress ?? "127.0.0.1"
    let transport = wire.transport ?? .tcp
    guard InternetPort.isAddress(address) else {
      throw WireError.invalidParams("\(field).hostAddress", "must be an IPv4 address, not \"\(address.prefix(64))\"")
    }
    if let problem = NATNetwork.portForwardProblem(isUDP: transport == .udp) {
      throw WireError(.notSupported, "\(field).transport: \(problem)", path: "\(field).transport")
    }
    var port = UInt16(wire.hostPort)
    if port == 0, purpose == .machine {
      let reservation = try PortReservation(on: address, isUDP: transport == .udp)
      self.ports.append(reservation)
      port = reservation.port
    }
    return PortForward(
      transport: transport, hostAddress: address, hostPort: UInt32(port), guestPort: wire.guestPort)
  }
}

extension NATNetwork.PortForward {
  fileprivate init(_ wire: PortForward) {
    // `resolve` has checked the ports. A port still open (when only validating) is any port.
    self.init(
      isUDP: wire.transport == .udp, hostAddress: wire.hostAddress ?? "127.0.0.1",
      hostPort: UInt16(clamping: max(wire.hostPort, 1)), guestPort: UInt16(clamping: wire.guestPort))
  }
}
