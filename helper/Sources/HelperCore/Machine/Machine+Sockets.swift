import Foundation
import HelperProtocol
import Virtualization

/// Virtio sockets. On the machine's queue.
extension Machine {
  /// - Parameter completion: gets the path of the Unix socket that is the connection.
  func connectSocket(port: UInt32, _ completion: @escaping (Result<String, WireError>) -> Void) {
    do {
      let device = try socketDevice()
      guard virtualMachine.state == .running || virtualMachine.state == .paused else {
        throw WireError(.invalidState, "The machine \(title) does not run. Start it before connecting to its ports.")
      }
      device.connect(toPort: port) { [self] result in
        completion(Result { try sockets.offer(try result.get()) }.mapError { connectError($0, port: port) })
      }
    } catch {
      completion(.failure(WireError(error)))
    }
  }

  func listen(
    port: UInt32, owner: ObjectIdentifier, emit: @escaping (SocketAcceptedEvent) -> Void
  ) throws {
    let device = try socketDevice()
    let acceptor = SocketAcceptor(machine: handle, port: port, sockets: sockets, owner: owner, emit: emit)
    device.setSocketListener(acceptor.listener, forPort: port)
    acceptors[port] = acceptor
  }

  func stopListening(port: UInt32) throws {
    try socketDevice().removeSocketListener(forPort: port)
    acceptors[port] = nil
  }

  /// A client has gone: nobody would take the connections any more.
  func stopListening(owner: ObjectIdentifier) {
    for (port, acceptor) in acceptors where acceptor.owner == owner { try? stopListening(port: port) }
  }

  private func socketDevice() throws -> VZVirtioSocketDevice {
    guard let device = virtualMachine.socketDevices.first as? VZVirtioSocketDevice else {
      throw WireError(
        .deviceNotConfigured,
        "The machine \(title) has no Virtio socket device. Add one to socketDevices and create it again.")
    }
    return device
  }

  private func connectError(_ error: any Error, port: UInt32) -> WireError {
    var wire = WireError(error)
    guard wire.apple?.domain == NSPOSIXErrorDomain, let code = wire.apple?.code else { return wire }
    switch Int32(truncatingIfNeeded: code) {
    case ECONNRESET, ECONNREFUSED:
      wire.kind = .guestRefused
      wire.message = "Nothing in the guest \(title) listens on port \(port). Start the guest's service first."
    case ENOTCONN:
      wire.kind = .invalidState
      wire.message = "The guest \(title) has no socket driver running yet; try again when it has booted."
    case ETIMEDOUT:
      wire.kind = .timedOut
      wire.message = "The guest \(title) does not answer on port \(port). Try again when it has booted."
    default: break
    }
    return wire
  }
}
