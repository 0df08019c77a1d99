import Foundation
import HostSystem
import Platform

/// Carries connections to a TCP port of the host on to a port of a guest, where the network itself does not. What it
/// keeps is used on its own queue.
final class PortForwarder {
  /// Connections carried at the same time; more wait until one ends.
  static let maximumCount = 256
  /// Before it is tried again to accept a connection for which something was lacking.
  private static let pause = DispatchTimeInterval.seconds(1)

  private let queue = DispatchQueue(label: "vzkit.port-forward")
  private let guestPort: UInt16
  private let guestAddress: () -> String?
  private let onTrouble: (String) -> Void
  private let listener: StreamSocket
  private var isClosed = false
  private var connecting: [ObjectIdentifier: (guest: StreamSocket, client: Int32, address: String)] = [:]
  private var bridges: [UInt64: ByteBridge] = [:]
  private var lastBridge: UInt64 = 0
  /// What was last said to be unreachable: each trouble is logged once, not for every connection.
  private var lastTrouble: UnreachableGuest?

  /// Listens at once.
  ///
  /// - Parameters:
  ///   - hostAddress: where on the host.
  ///   - guestAddress: tells the guest's address, when it is known; asked for every connection, on a queue of its own.
  ///   - onTrouble: takes a line for the log when a guest cannot be reached, on the same queue.
  /// - Throws: `SystemError`.
  init(
    hostAddress: String, hostPort: UInt16, guestPort: UInt16, guestAddress: @escaping () -> String?,
    onTrouble: @escaping (String) -> Void = { Log.warning($0) }
  ) throws {
    self.guestPort = guestPort
    self.onTrouble = onTrouble
    self.guestAddress = guestAddress
    listener = StreamSocket(owning: try InternetSocket.listen(on: hostAddress, port: hostPort), queue: queue)
    queue.sync {
      listener.onReadable = { [weak self] in self?.acceptAll() }
      listener.wantsToRead = true
    }
  }

  deinit { listener.close() }

  /// Ends everything; when it returns, the port is free.
  func close() {
    let freed = DispatchSemaphore(value: 0)
    queue.sync {
      isClosed = true
      listener.close { freed.signal() }
      for entry in connecting.values {
        entry.guest.close()
        Foundation.close(entry.client)
      }
      connecting = [:]
      for bridge in bridges.values { bridge.close() }
      bridges = [:]
    }
    freed.wait()
  }

  private func acceptAll() {
    while connecting.count + bridges.count < Self.maximumCount {
      do {
        guard let client = try StreamSockets.accept(on: listener.descriptor) else { return }
        carry(client)
      } catch {
        return acceptLater()
      }
    }
    listener.wantsToRead = false
  }

  private func acceptLater() {
    listener.wantsToRead = false
    queue.asyncAfter(deadline: .now() + Self.pause) { [weak self] in self?.acceptAgain() }
  }

  private func acceptAgain() {
    if !isClosed { listener.wantsToRead = true }
  }

  /// A client of a guest that cannot be reached is told by the end of its connection, as by a guest that refuses it.
  private func carry(_ client: Int32) {
    guard let address = guestAddress() else {
      Foundation.close(client)
      return
    }
    let descriptor: Int32
    do {
      descriptor = try InternetSocket.startConnecting(to: address, port: guestPort)
    } catch {
      if let error = error as? SystemError { note(error.number, address) }
      Foundation.close(client)
      return
    }
    let guest = StreamSocket(owning: descriptor, queue: queue)
    connecting[ObjectIdentifier(guest)] = (guest, client, address)
    guest.onWritable = { [weak self, unowned guest] in self?.finishConnecting(guest) }
    guest.wantsToWrite = true
  }

  private func finishConnecting(_ guest: StreamSocket) {
    guard let entry = connecting.removeValue(forKey: ObjectIdentifier(guest)) else { return }
    defer { guest.close() }
    let outcome = InternetSocket.outcome(of: guest.descriptor)
    if outcome != 0 { note(outcome, entry.address) }
    guard outcome == 0, let descriptor = try? Descriptors.duplicate(guest.descriptor) else {
      Foundation.close(entry.client)
      return acceptAgain()
    }
    lastTrouble = nil
    lastBridge += 1
    let number = lastBridge
    bridges[number] = ByteBridge(entry.client, descriptor, queue: queue) { [weak self] in
      self?.bridges[number] = nil
      self?.acceptAgain()
    }
  }

  private func note(_ number: Int32, _ address: String) {
    let trouble = UnreachableGuest(address: address, port: guestPort, number: number)
    guard trouble != lastTrouble else { return }
    lastTrouble = trouble
    onTrouble("a port forward: \(trouble.text(on: HostFacts.macOSVersion))")
  }
}
