import CVirtualization
import Foundation

/// One stream, as the device sees it: the guest's side is packets and credit, the host's side is a socket.
/// Belongs to the event thread.
final class VsockConnection {
  enum State {
    /// The guest has been asked (or is about to be).
    case connecting(completion: (Result<VsockEndpoint, any Error>) -> Void, endpoint: VsockEndpoint)
    /// The guest has asked; the program has not decided yet.
    case deciding
    case established
    /// The guest knows nothing of the stream any more; what it had sent is still on its way to the program.
    case detached
  }

  /// Packets that the guest is owed. Flags and not a queue, so that no behaviour of the guest makes them pile up.
  struct Owed: OptionSet {
    var rawValue: UInt8
    static let request = Owed(rawValue: 1)
    static let response = Owed(rawValue: 2)
  }

  let token: UInt64
  let key: VsockConnectionKey
  var state: State
  var owed: Owed = []
  /// Whether the connection waits in the device's queue of those with something to send.
  var isQueued = false

  /// Our end of the socket pair; -1 until the program has accepted.
  private(set) var descriptor: Int32 = -1
  private var inbound: VsockInbound
  private var outbound = VsockOutbound()
  private var programHasHungUp = false
  private var sentShutdown: VsockShutdown = []

  init(token: UInt64, key: VsockConnectionKey, state: State, bufferAllocation: UInt32) {
    self.token = token
    self.key = key
    self.state = state
    inbound = VsockInbound(allocation: bufferAllocation)
  }

  deinit {
    release()
  }

  /// Takes over our end of the socket pair.
  func attach(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  /// Closes our end; the program reads what is in the socket, and then the end of the stream.
  func release() {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
  }

  var isEstablished: Bool {
    if case .established = state { true } else { false }
  }

  // MARK: - From the guest to the program

  func noteCredit(_ header: VsockHeader) { outbound.noteCredit(header) }

  func noteCreditQuestion() { inbound.noteRequest() }

  /// Passes the guest's bytes on. False when the guest must not send them.
  func deliver(_ parts: [iovec], count: Int) -> Bool { inbound.deliver(parts, count: count, to: descriptor) }

  /// The guest will send nothing more.
  func endFromGuest() { inbound.end(descriptor) }

  func flush() { inbound.flush(to: descriptor) }

  var isDelivered: Bool { inbound.isDelivered }

  /// Whether the guest has to hear of new room.
  var needsCreditUpdate: Bool { isEstablished && inbound.isUpdateDue }

  // MARK: - From the program to the guest

  /// The guest will take nothing more.
  func endToGuest() { outbound.abandon(descriptor) }

  /// Whether the guest is to be asked for room.
  var needsCredit: Bool { isEstablished && outbound.needsCredit }

  func noteCreditRequest() { outbound.noteCreditRequest() }

  /// How many bytes to read now.
  var readable: Int { isEstablished ? outbound.readable : 0 }

  /// Reads into guest memory; returns the byte count.
  func receive(into parts: [iovec], count: Int) -> Int {
    outbound.receive(from: descriptor, into: parts, count: count)
  }

  // MARK: - Both

  /// Notes what epoll says about our end.
  func note(_ events: UInt32) {
    if events & UInt32(VZ_VSOCK_READABLE) != 0 {
      outbound.noteReadable(mayHaveEnded: events & UInt32(VZ_VSOCK_READ_CLOSED) != 0)
    }
    if events & UInt32(VZ_VSOCK_WRITABLE) != 0 { inbound.noteWritable() }
    if events & UInt32(VZ_VSOCK_HUNG_UP) != 0 {
      programHasHungUp = true
      inbound.abandon()
    }
  }

  /// The directions that the guest has yet to hear are over.
  var dueShutdown: VsockShutdown {
    guard isEstablished else { return [] }
    var due: VsockShutdown = []
    if inbound.isUnread { due.insert(.receive) }
    if outbound.hasEnded || (programHasHungUp && outbound.isUnread) { due.insert(.send) }
    return due.subtracting(sentShutdown)
  }

  func noteShutdown(_ flags: VsockShutdown) {
    sentShutdown.formUnion(flags)
  }

  /// Whether the guest was told that both directions are over: only its answer is missing.
  var isClosing: Bool { sentShutdown == .both }

  /// Whether the guest has given up both directions.
  var isFinishedByGuest: Bool { inbound.hasEnded && outbound.isUnread }

  /// Whether there is a packet to send now.
  var hasWork: Bool {
    !owed.isEmpty || needsCreditUpdate || readable > 0 || needsCredit || !dueShutdown.isEmpty
  }

  /// The header of a packet of this connection; every packet tells the guest how much room it has.
  func header(_ operation: VsockOperation, guestCID: UInt64) -> VsockHeader {
    VsockHeader(
      sourceCID: vsockHostCID, destinationCID: guestCID, sourcePort: key.hostPort, destinationPort: key.guestPort,
      operation: operation, bufferAllocation: inbound.allocation, forwardedCount: inbound.forwarded)
  }

  /// A packet with our counts is on its way.
  func noteAnnounced() { inbound.noteAnnounced() }
}

/// Tells connections apart: one pair of ports has one stream.
struct VsockConnectionKey: Hashable {
  var guestPort: UInt32
  var hostPort: UInt32
}

/// The program's end of a new connection.
struct VsockEndpoint {
  var hostPort: UInt32
  /// Owned by whoever gets it.
  var descriptor: Int32
}
