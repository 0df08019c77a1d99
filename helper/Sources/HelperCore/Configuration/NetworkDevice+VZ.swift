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
      try claims.claim(.macAddress(device.macAddress.string), at: "\(field).macAddress")
      let forwards: [HostPortForward]
      (device.attachment, wire.attachment, forwards) = try networkAttachment(
        wire.attachment, at: "\(field).attachment")
      networks.append(NetworkUse(macAddress: device.macAddress.string, portForwards: forwards))
      return (device, .virtio(wire))
    }
  }

  private func networkAttachment(
    _ wire: NetworkAttachment, at field: String
  ) throws -> (VZNetworkDeviceAttachment, NetworkAttachment, [HostPortForward]) {
    switch wire {
    case .nat(var wire):
      let attachment = VZNATNetworkDeviceAttachment()
      let forwards = try (wire.portForwards ?? []).enumerated().map { index, forward in
        try resolve(forward, at: "\(field).portForwards[\(index)]")
      }
      if !forwards.isEmpty {
        wire.portForwards = forwards.map(\.wire)
        if NATNetwork.forwardsPorts {
          NATNetwork.setPortForwards(forwards.map(NATNetwork.PortForward.init), of: attachment)
        }
      }
      return (attachment, .nat(wire), forwards)
    }
  }

  private static let ports: ClosedRange<UInt32> = 1...65535

  /// A forward with nothing left open.
  private func resolve(_ wire: PortForward, at field: String) throws -> HostPortForward {
    guard Self.ports.contains(wire.guestPort) else {
      throw WireError.invalidParams("\(field).guestPort", "must be a port from 1 to 65535, not \(wire.guestPort)")
    }
    guard wire.hostPort == 0 || Self.ports.contains(wire.hostPort) else {
      throw WireError.invalidParams("\(field).hostPort", "must be a port from 0 to 65535, not \(wire.hostPort)")
    }
    let address = wire.hostAddress ?? "127.0.0.1"
    let isUDP = wire.transport == .udp
    guard InternetPort.isAddress(address) else {
      throw WireError.invalidParams("\(field).hostAddress", "must be an IPv4 address, not \"\(address.prefix(64))\"")
    }
    if let problem = NATNetwork.portForwardProblem(isUDP: isUDP) {
      throw WireError(.notSupported, "\(field).transport: \(problem)", path: "\(field).transport")
    }
    func forward(_ port: UInt16) -> HostPortForward {
      HostPortForward(
        address: address, port: port, guestPort: UInt16(wire.guestPort), isUDP: isUDP,
        isReserved: wire.hostPort == 0, field: field)
    }
    var resolved = forward(UInt16(wire.hostPort))
    // Also shows whether the address is this host's, which is why a port that is known is asked for one too.
    let free = try resolved.explainingErrors { try freePort(on: address, isUDP: isUDP) }
    if resolved.isReserved, purpose == .machine {
      ports.append(free)
      resolved = forward(free.port)
    }
    try claims.claim(resolved)
    return resolved
  }

  private func freePort(on address: String, isUDP: Bool) throws -> PortReservation {
    var others: [PortReservation] = []
    while true {
      let port = try PortReservation(on: address, isUDP: isUDP)
      guard wantedPorts.contains(UInt32(port.port)) else { return port }
      // Kept meanwhile, so that it is not chosen again.
      others.append(port)
    }
  }

  static func wantedPorts(of devices: [NetworkDevice]) -> Set<UInt32> {
    let attachments = devices.map { device in
      switch device {
      case .virtio(let device): return device.attachment
      }
    }
    return Set(
      attachments.flatMap { attachment in
        switch attachment {
        case .nat(let nat): return (nat.portForwards ?? []).map(\.hostPort)
        }
      })
  }
}

extension NATNetwork.PortForward {
  fileprivate init(_ forward: HostPortForward) {
    // A port still open (when only validating) is any port.
    self.init(
      isUDP: forward.isUDP, hostAddress: forward.address, hostPort: max(forward.port, 1), guestPort: forward.guestPort)
  }
}
