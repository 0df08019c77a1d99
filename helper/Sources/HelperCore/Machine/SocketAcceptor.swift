import Foundation
import HelperProtocol
import Virtualization

/// Takes the guest's connections to one port for one client. Used on the machine's queue.
final class SocketAcceptor: NSObject, VZVirtioSocketListenerDelegate {
  let listener = VZVirtioSocketListener()
  /// Says whose listener this is.
  let owner: ObjectIdentifier
  private let machine: MachineHandle
  private let port: UInt32
  private unowned let sockets: MachineSockets
  private let emit: (SocketAcceptedEvent) -> Void

  init(
    machine: MachineHandle, port: UInt32, sockets: MachineSockets, owner: ObjectIdentifier,
    emit: @escaping (SocketAcceptedEvent) -> Void
  ) {
    self.machine = machine
    self.port = port
    self.sockets = sockets
    self.owner = owner
    self.emit = emit
    super.init()
    listener.delegate = self
  }

  func listener(
    _ listener: VZVirtioSocketListener, shouldAcceptNewConnection connection: VZVirtioSocketConnection,
    from socketDevice: VZVirtioSocketDevice
  ) -> Bool {
    do {
      let path = try sockets.offer(connection)
      emit(
        SocketAcceptedEvent(
          machine: machine, port: port, sourcePort: connection.sourcePort, path: PathString(path)))
      return true
    } catch {
      Log.warning("a connection of the guest to port \(port) is refused: \(error)")
      return false
    }
  }
}
