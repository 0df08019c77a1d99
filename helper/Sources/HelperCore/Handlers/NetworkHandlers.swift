import Foundation
import HelperProtocol
import Platform

/// The guest's network as the host sees it.
final class NetworkHandlers: NetworkRequests, Sendable {
  private let session: Session

  init(_ session: Session) { self.session = session }

  func addresses(_ params: NetworkAddressesParams, _ reply: Reply<NetworkAddressesResult>) {
    session.helper.answer(params.machine, reply, isShort: true) { machine in
      NetworkAddressesResult(addresses: machine.networks.enumerated().map { Self.address($1, UInt32($0)) })
    }
  }

  private static func address(_ network: NetworkUse, _ device: UInt32) -> GuestAddress {
    let forwards = network.wirePortForwards
    if let address = NATNetwork.fixedGuestAddress {
      return GuestAddress(
        device: device, macAddress: network.macAddress, address: address, source: .builtInServer, isReachable: false,
        reason: "The network is private to the hypervisor; connect to a forwarded port of the host.",
        portForwards: forwards)
    }
    if let lease = NATNetwork.lease(of: network.macAddress) {
      return self.address(network, device, lease, now: UInt64(max(time(nil), 0)))
    }
    return GuestAddress(
      device: device, macAddress: network.macAddress, source: .none, isReachable: false,
      reason: "The guest has not asked the host's DHCP server for an address yet.", portForwards: forwards)
  }

  /// What a lease says. One that has ended is old: a guest that still runs renews its own.
  static func address(
    _ network: NetworkUse, _ device: UInt32, _ lease: DHCPLeases.Lease, now: UInt64
  ) -> GuestAddress {
    let isExpired = lease.isExpired(at: now)
    return GuestAddress(
      device: device, macAddress: network.macAddress, address: lease.address, source: .dhcpLease, isReachable: true,
      isExpired: isExpired,
      reason: isExpired
        ? "The lease has ended and was not renewed: the guest had this address then, and may have another one by now."
        : nil,
      portForwards: network.wirePortForwards)
  }
}

extension NetworkUse {
  fileprivate var wirePortForwards: [PortForward]? { portForwards.isEmpty ? nil : portForwards.map(\.wire) }
}
