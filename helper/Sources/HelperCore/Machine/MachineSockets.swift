import Foundation
import HelperProtocol
import HostSystem
import Virtualization

/// The Virtio socket connections of one machine, each carried on to a Unix socket for a client.
///
/// Bytes are moved on a queue of their own, so that a busy connection does not hold up the machine.
final class MachineSockets: @unchecked Sendable {  // the fields are only touched on `queue`
  private let queue: DispatchQueue
  private let makePath: () throws -> String
  /// Connections that no client has come for yet.
  private var waiting: [ObjectIdentifier: (listener: OneShotListener, descriptor: Int32)] = [:]
  private var bridges: [ObjectIdentifier: ByteBridge] = [:]
  private var isClosed = false

  init(machine: MachineHandle, makePath: @escaping () throws -> String) {
    queue = DispatchQueue(label: "vzkit.sockets.\(machine)")
    self.makePath = makePath
  }

  /// Offers a connection of the guest to one client on a Unix socket.
  ///
  /// - Returns: the socket's path.
  /// - Throws: when no socket can be made; the connection is then as before.
  func offer(_ connection: VZVirtioSocketConnection) throws -> String {
    try queue.sync {
      guard !isClosed else { throw WireError(.invalidState, "The machine is being disposed of.") }
      let descriptor = try Descriptors.duplicate(connection.fileDescriptor)
      do {
        return try listen(for: connection, descriptor)
      } catch {
        Foundation.close(descriptor)
        throw error
      }
    }
  }

  /// Ends all connections.
  func close() {
    queue.async { [self] in
      isClosed = true
      for entry in waiting.values {
        entry.listener.cancel()
        Foundation.close(entry.descriptor)
      }
      waiting = [:]
      for bridge in bridges.values { bridge.close() }
      bridges = [:]
    }
  }

  private func listen(for connection: VZVirtioSocketConnection, _ descriptor: Int32) throws -> String {
    let key = ObjectIdentifier(connection)
    let path = try makePath()
    let listener = try OneShotListener(
      path: path, queue: queue,
      onConnection: { [self] client in
        waiting[key] = nil
        bridge(client, descriptor, connection)
      },
      onExpiry: { [self] in
        waiting[key] = nil
        Foundation.close(descriptor)
        connection.close()
      })
    waiting[key] = (listener, descriptor)
    return path
  }

  private func bridge(_ client: Int32, _ descriptor: Int32, _ connection: VZVirtioSocketConnection) {
    let key = ObjectIdentifier(connection)
    bridges[key] = ByteBridge(client, descriptor, queue: queue) { [weak self] in
      connection.close()
      self?.bridges[key] = nil
    }
  }
}
