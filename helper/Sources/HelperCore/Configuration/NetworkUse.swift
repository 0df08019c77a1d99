import HelperProtocol
import Platform

/// A network interface and how it can be reached.
struct NetworkUse: Equatable {
  let macAddress: String
  var portForwards: [HostPortForward] = []

  /// Binds the ports that the client chose, for a machine that is about to run.
  ///
  /// - Throws: `WireError` that names the field, when a port cannot be had.
  func reservePorts() throws -> [PortReservation] {
    // Where the network forwards nothing itself, the forwarders bind their ports.
    guard NATNetwork.forwardsPorts else { return [] }
    return try portForwards.filter { !$0.isReserved }.map { try $0.reserve() }
  }

  /// What carries connections to the guest, where its network does not.
  func makeForwarders() throws -> [PortForwarder] {
    guard !NATNetwork.forwardsPorts else { return [] }
    return try portForwards.map { forward in
      try forward.explainingErrors {
        try PortForwarder(
          hostAddress: forward.address, hostPort: forward.port, guestPort: forward.guestPort,
          guestAddress: { [macAddress] in NATNetwork.lease(of: macAddress)?.address })
      }
    }
  }
}
