import CVirtualization
import Foundation

/// The virtio socket device: all its streams, and the packets between them and the guest's two queues.
/// Belongs to the event thread; `VsockDevice+Transmit` takes packets from the guest, `VsockDevice+Receive` sends
/// them, and `VsockDevice+Program` is what the program asks for.
final class VsockDevice {
  /// Bounds of what a guest can make the host spend.
  enum Limit {
    static let connections = 4096
    static let bufferAllocation: UInt32 = 256 * 1024
    /// From this many streams on, new ones get the small buffer.
    static let largeBuffers = 256
    static let smallBufferAllocation: UInt32 = 64 * 1024
    /// Refusals that wait for room in the guest; beyond it the guest's packets wait.
    static let pendingResets = 1024
  }

  /// How long a stream waits for the guest at most, in seconds.
  struct Patience {
    var connect = 20.0
    /// As long as Linux waits for the other side to confirm a close.
    var close = 8.0
  }

  static let receiveQueue = 0
  static let transmitQueue = 1

  let guestCID: UInt64
  let receiveRing: Vring
  let transmitRing: Vring
  let poller: EventPoller
  let patience: Patience
  /// Asks the program about a connection of the guest.
  let decide: (VsockConnectionKey, UInt64) -> Void

  var connections: [VsockConnectionKey: VsockConnection] = [:]
  var byToken: [UInt64: VsockConnection] = [:]
  /// Connections with something to send, in turn.
  var ready = FIFO<VsockConnection>()
  /// Refusals of packets that belong to no connection.
  var resets = FIFO<VsockHeader>()
  /// Streams with a deadline, in the order of the deadlines.
  var connectDeadlines = FIFO<Deadline>()
  var closeDeadlines = FIFO<Deadline>()
  /// Questions that the program has not answered yet, including those that the guest has given up meanwhile.
  var openDecisions = 0
  var lastPort: UInt32 = 49151

  struct Deadline {
    var token: UInt64
    /// Seconds of the monotonic clock.
    var time: Double
  }

  init(
    guestCID: UInt64, receive: Vring, transmit: Vring, poller: EventPoller, patience: Patience,
    decide: @escaping (VsockConnectionKey, UInt64) -> Void
  ) {
    self.guestCID = guestCID
    receiveRing = receive
    transmitRing = transmit
    self.poller = poller
    self.patience = patience
    self.decide = decide
  }

  /// Whether the guest runs a driver, as far as the queues tell.
  var isReady: Bool {
    receiveRing.running != nil && transmitRing.running != nil
  }

  /// Does what is possible now; true when it stopped for fairness and there is more.
  func work() -> Bool {
    var hasMore = transmit()
    if pump() { hasMore = true }
    // Sending made room for refusals: the guest's packets that waited for it can go on.
    if hasStalledTransmit, resets.count < Limit.pendingResets { hasMore = true }
    return hasMore
  }

  /// The guest's packets wait until refusals have been sent.
  var hasStalledTransmit = false

  // MARK: - Life of a stream

  func add(_ key: VsockConnectionKey, state: VsockConnection.State) -> VsockConnection {
    let allocation = byToken.count < Limit.largeBuffers ? Limit.bufferAllocation : Limit.smallBufferAllocation
    let connection = VsockConnection(token: poller.makeToken(), key: key, state: state, bufferAllocation: allocation)
    connections[key] = connection
    byToken[connection.token] = connection
    return connection
  }

  /// Puts the connection in line if it has something to send.
  func schedule(_ connection: VsockConnection) {
    guard !connection.isQueued, connection.hasWork else { return }
    connection.isQueued = true
    ready.append(connection)
    // A guest that takes no packets must not make finished streams pile up here.
    if ready.count > 2 * Limit.connections { ready.removeAll { byToken[$0.token] == nil } }
  }

  /// Ends a stream and tells the guest so.
  func reset(_ connection: VsockConnection) {
    resets.append(connection.header(.reset, guestCID: guestCID))
    forget(connection, error: ECONNRESET)
  }

  /// The guest's side of the stream is over, and the guest knows. What it had sent still reaches the program.
  func forget(_ connection: VsockConnection, error: Int32) {
    if connections[connection.key] === connection { connections[connection.key] = nil }
    connection.owed = []
    if case .connecting(let completion, let endpoint) = connection.state {
      close(endpoint.descriptor)
      completion(.failure(VsockError.failed(error)))
    }
    connection.state = .detached
    if connection.isDelivered {
      byToken[connection.token] = nil
      connection.release()
    } else {
      connection.endFromGuest()
    }
  }

  /// Ends every stream: the guest or the machine is gone.
  func forgetAll(error: Int32) {
    for connection in Array(connections.values) { forget(connection, error: error) }
    ready.removeAll()
    resets.removeAll()
  }

  /// Ends every stream without waiting for programs that read slowly.
  func abandonAll(error: Int32) {
    forgetAll(error: error)
    for connection in byToken.values { connection.release() }
    byToken.removeAll()
  }

  /// Epoll has something to say about our end of a stream.
  func socketEvent(_ token: UInt64, events: UInt32) {
    guard let connection = byToken[token] else { return }
    connection.note(events)
    connection.flush()
    if case .detached = connection.state, connection.isDelivered {
      byToken[token] = nil
      connection.release()
    } else {
      schedule(connection)
    }
  }
}
