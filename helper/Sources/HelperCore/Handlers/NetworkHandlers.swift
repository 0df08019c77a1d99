import HelperProtocol
import Platform

/// The guest's network as the host sees it.
final class NetworkHandlers: NetworkRequests, Sendable {
  private let session: Session

  init(_ session: Session) { self.session = session }

  func addresses(_ params: NetworkAddressesParams, _ reply: Reply<NetworkAddressesResult>) {
    session.helper.withMachine(params.machine, reply, isShort: true) { machine, done in
      reply.succeed(
        NetworkAddressesResult(
          addresses: machine.networks.enumerated().map { Self.address($1, UInt32($0)) }))
      done()
    }
  }

  private static func address(_ network: NetworkUse, _ device: UInt32) -> GuestAddress {
    let forwards = network.portForwards.isEmpty ? nil : network.portForwards
    if let address = NATNetwork.fixedGuestAddress {
      return GuestAddress(
        device: device, macAddress: network.macAddress, address: address, source: .builtInServer, isReachable: false,
        reason: "The network is private to the hypervisor; connect to a forwarded port of the host.",
        portForwards: forwards)
    }
    if let address = NATNetwork.leasedAddress(of: network.macAddress) {
      return GuestAddress(
        device: device, macAddress: network.macAddress, address: address, source: .dhcpLease, isReachable: true,
        portForwards: forwards)
    }
    return GuestAddress(
      device: device, macAddress: network.macAddress, source: .none, isReachable: false,
      reason: "The guest has not asked the host's DHCP server for an address yet.", portForwards: forwards)
  }
}
