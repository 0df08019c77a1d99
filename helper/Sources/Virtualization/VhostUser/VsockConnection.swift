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
    static let creditUpdate = Owed(rawValue: 4)
    static let creditRequest = Owed(rawValue: 8)
  }

  let token: UInt64
  let key: VsockConnectionKey
  var state: State
  var owed: Owed = []
  /// Whether the connection waits in the device's queue of those with something to send.
  var isQueued = false

  /// Our end of the socket pair; -1 until the program has accepted.
  private(set) var descriptor: Int32 = -1

  // From the guest to the program. Counts are modulo 2³², as in the protocol.
  let bufferAllocation: UInt32
  private var received: UInt32 = 0
  private(set) var forwarded: UInt32 = 0
  private var announced: UInt32 = 0
  private var backlog: ByteRing
  private var canWrite = true
  private var guestSendsNoMore = false
  private var programReadsNoMore = false

  // From the program to the guest.
  private var sent: UInt32 = 0
  private var guestAllocation: UInt32 = 0
  private var guestForwarded: UInt32 = 0
  private var hasAskedForCredit = false
  private var canRead = true
  private var programHasHungUp = false
  private var programSendsNoMore = false
  private var guestReceivesNoMore = false
  private var sentShutdown: VsockShutdown = []

  init(token: UInt64, key: VsockConnectionKey, state: State, bufferAllocation: UInt32) {
    self.token = token
    self.key = key
    self.state = state
    self.bufferAllocation = bufferAllocation
    backlog = ByteRing(limit: Int(bufferAllocation))
  }

  deinit {
    release()
  }

  /// Closes our end; the program reads what is in the socket, and then the end of the stream.
  func release() {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
  }

  var isEstablished: Bool {
    if case .established = state { true } else { false }
  }

  /// Takes over our end of the socket pair.
  func attach(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  // MARK: - From the guest to the program

  /// Every packet of the guest says how much it can take.
  func noteCredit(_ header: VsockHeader) {
    guestAllocation = header.bufferAllocation
    guestForwarded = header.forwardedCount
    if credit > 0 { hasAskedForCredit = false }
  }

  /// Passes the guest's bytes on: straight from guest memory into the socket, and what that does not take now into
  /// the backlog. False when the guest sends more than it was allowed, or after it said that it would not.
  func deliver(_ parts: [iovec], count: Int) -> Bool {
    let outstanding = UInt64(received &- forwarded) + UInt64(count)
    guard outstanding <= UInt64(bufferAllocation), !guestSendsNoMore else { return false }
    received &+= UInt32(count)
    guard !programReadsNoMore else {
      forward(count)
      return true
    }
    var written = 0
    if backlog.isEmpty, canWrite { written = send(parts, count: count) }
    if programReadsNoMore {
      forward(count - written)
      return true
    }
    return keep(parts, skipping: written)
  }

  /// The guest will send nothing more: once all is delivered the program reads the end of the stream.
  func endFromGuest() {
    guestSendsNoMore = true
    passEndOn()
  }

  /// Writes as much of the backlog as the socket takes.
  func flush() {
    while !backlog.isEmpty, canWrite, !programReadsNoMore {
      let pieces = backlog.pieces()
      let written = send(pieces, count: pieces.reduce(0) { $0 + $1.iov_len })
      if written > 0 { backlog.removeFirst(written) }
    }
    passEndOn()
  }

  /// Whether everything that the guest sent has reached the program, or never will.
  var isDelivered: Bool { backlog.isEmpty }

  private func keep(_ parts: [iovec], skipping: Int) -> Bool {
    var skip = skipping
    for part in parts {
      guard skip < part.iov_len else {
        skip -= part.iov_len
        continue
      }
      let rest = UnsafeRawBufferPointer(start: part.iov_base.map { $0 + skip }, count: part.iov_len - skip)
      guard backlog.append(rest) else { return false }
      skip = 0
    }
    return true
  }

  private func send(_ parts: [iovec], count: Int) -> Int {
    let result = vz_vsock_send(descriptor, parts, Int32(parts.count))
    if result >= 0 {
      forward(result)
      if result < count { canWrite = false }
      return result
    }
    canWrite = false
    if result != -Int(EAGAIN) { programStopsReading() }
    return 0
  }

  private func programStopsReading() {
    programReadsNoMore = true
    forward(backlog.count)
    backlog.removeAll()
  }

  /// Tells the guest of room in time: not with every packet, but well before it has to stop.
  private func forward(_ count: Int) {
    forwarded &+= UInt32(count)
    let believedFree = bufferAllocation &- (received &- announced)
    if forwarded != announced, believedFree < bufferAllocation / 2 { owed.insert(.creditUpdate) }
  }

  private func passEndOn() {
    if guestSendsNoMore, backlog.isEmpty, descriptor >= 0 { shutdown(descriptor, Int32(SHUT_WR)) }
  }

  // MARK: - From the program to the guest

  /// Bytes that the guest has room for.
  private var credit: Int {
    max(0, Int(guestAllocation) - Int(sent &- guestForwarded))
  }

  /// The guest will take nothing more: the program's next write fails.
  func endToGuest() {
    guestReceivesNoMore = true
    if descriptor >= 0 { shutdown(descriptor, Int32(SHUT_RD)) }
  }

  /// Notes what epoll says about our end.
  func note(_ events: UInt32) {
    if events & UInt32(VZ_VSOCK_READABLE) != 0 { canRead = true }
    if events & UInt32(VZ_VSOCK_WRITABLE) != 0 { canWrite = true }
    if events & UInt32(VZ_VSOCK_READ_CLOSED) != 0 { mayHaveEnded = true }
    if events & UInt32(VZ_VSOCK_HUNG_UP) != 0 {
      programHasHungUp = true
      programStopsReading()
    }
  }

  /// The end of the stream makes no event of its own once it was announced, so reads go on until it is seen.
  private var mayHaveEnded = false

  private var hasData: Bool {
    canRead && !programSendsNoMore && !guestReceivesNoMore && descriptor >= 0
  }

  /// How many bytes to read now: 0 when there are none or the guest has no room.
  var readable: Int { isEstablished && hasData ? credit : 0 }

  /// Reads into guest memory; returns the byte count.
  func receive(into parts: [iovec], count: Int) -> Int {
    let result = vz_vsock_read(descriptor, parts, Int32(parts.count))
    if result > 0 {
      sent &+= UInt32(result)
      if result < count, !mayHaveEnded { canRead = false }
      return result
    }
    if result != -Int(EAGAIN) { programSendsNoMore = true }
    canRead = false
    return 0
  }

  /// The directions that the guest has yet to hear are over.
  var dueShutdown: VsockShutdown {
    guard isEstablished else { return [] }
    var due: VsockShutdown = []
    if programReadsNoMore || programHasHungUp { due.insert(.receive) }
    if programSendsNoMore || (programHasHungUp && guestReceivesNoMore) { due.insert(.send) }
    return due.subtracting(sentShutdown)
  }

  func noteShutdown(_ flags: VsockShutdown) {
    sentShutdown.formUnion(flags)
  }

  /// Whether the guest was told that both directions are over: only its answer is missing.
  var isClosing: Bool { sentShutdown == .both }

  var isFinishedByGuest: Bool { guestSendsNoMore && guestReceivesNoMore }

  /// Whether there is a packet to send now.
  var hasWork: Bool {
    !owed.isEmpty || readable > 0 || needsCredit || !dueShutdown.isEmpty
  }

  /// Whether data waits for room and the guest has not been asked for any yet.
  var needsCredit: Bool {
    isEstablished && hasData && credit == 0 && !hasAskedForCredit
  }

  func noteCreditRequest() {
    hasAskedForCredit = true
  }

  /// The header of a packet of this connection; every packet tells the guest how much room it has.
  func header(_ operation: VsockOperation, guestCID: UInt64) -> VsockHeader {
    VsockHeader(
      sourceCID: vsockHostCID, destinationCID: guestCID, sourcePort: key.hostPort, destinationPort: key.guestPort,
      operation: operation, bufferAllocation: bufferAllocation, forwardedCount: forwarded)
  }

  /// A packet with our counts is on its way.
  func noteAnnounced() {
    announced = forwarded
    owed.remove(.creditUpdate)
  }
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
