import Foundation
import HelperProtocol
import HostSystem
import Platform

/// A port of the host that leads into a guest, with nothing left open.
struct HostPortForward: Equatable {
  let address: String
  let port: UInt16
  let guestPort: UInt16
  let isUDP: Bool
  /// Whether the system chose the port, which is then the machine's from its creation on.
  let isReserved: Bool
  /// Where it stands in the configuration.
  let field: String

  var wire: PortForward {
    PortForward(
      transport: isUDP ? .udp : .tcp, hostAddress: address, hostPort: UInt32(port), guestPort: UInt32(guestPort))
  }

  /// Keeps the port for a machine.
  ///
  /// - Throws: `WireError` that names the field, when the port cannot be had.
  func reserve() throws -> PortReservation {
    try explainingErrors { try PortReservation(on: address, port: port, isUDP: isUDP) }
  }

  /// Runs what binds the port, and tells a failure in words that fit.
  func explainingErrors<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as SystemError {
      throw WireError(forwarding: self, error)
    }
  }

  /// Whether both cannot be had at once.
  func isInTheWay(of other: HostPortForward) -> Bool {
    guard port == other.port, port != 0, isUDP == other.isUDP else { return false }
    let any = "0.0.0.0"
    return address == other.address || address == any || other.address == any
  }
}

extension WireError {
  /// Why a port of the host cannot be forwarded.
  init(forwarding forward: HostPortForward, _ error: SystemError) {
    let plain = WireError(error)
    let (port, address) = (forward.port, forward.address)
    let transport = forward.isUDP ? "UDP" : "TCP"
    switch error.number {
    case EADDRINUSE:
      self.init(
        .inUse,
        "The \(transport) port \(port) of \(address) in \(forward.field) is in use by another program or machine. "
          + "Forward another port, or 0 for any.",
        path: "\(forward.field).hostPort", apple: plain.apple)
    case EACCES, EPERM:
      self.init(
        .permissionDenied,
        "This user may not use the \(transport) port \(port) of \(address) in \(forward.field). "
          + "Forward a port above 1023, or 0 for any.",
        path: "\(forward.field).hostPort", apple: plain.apple)
    case EADDRNOTAVAIL:
      self.init(
        .invalidConfiguration,
        "\(address) in \(forward.field) is not an address of this host. "
          + "Use 127.0.0.1 for this host alone, or 0.0.0.0 for all its addresses.",
        path: "\(forward.field).hostAddress", apple: plain.apple)
    default: self.init(plain.kind, "\(forward.field): \(plain.message)", path: forward.field, apple: plain.apple)
    }
  }
}
