import CVirtualization
import Foundation

/// One direction of a stream: from the guest to the program. Counts are modulo 2³², as in the protocol.
struct VsockInbound: ~Copyable {
  /// How much the guest may send ahead of what the program has taken, in bytes.
  let allocation: UInt32
  private var received: UInt32 = 0
  /// Bytes that left us, which every packet tells the guest.
  private(set) var forwarded: UInt32 = 0
  private var announced: UInt32 = 0
  /// Whether the guest has to hear of new room soon.
  private(set) var isUpdateDue = false

  private var backlog: ByteRing
  private var canWrite = true
  /// The guest has said that it sends nothing more.
  private(set) var hasEnded = false
  /// The program takes nothing more.
  private(set) var isUnread = false

  init(allocation: UInt32) {
    self.allocation = allocation
    backlog = ByteRing(limit: Int(allocation))
  }

  /// Whether everything that the guest sent has reached the program, or never will.
  var isDelivered: Bool { backlog.isEmpty }

  /// Passes the guest's bytes on: straight from guest memory into the socket, and what that does not take now into
  /// the backlog. False when the guest sends more than it was allowed, or after it said that it would not.
  mutating func deliver(_ parts: [iovec], count: Int, to descriptor: Int32) -> Bool {
    let outstanding = UInt64(received &- forwarded) + UInt64(count)
    guard outstanding <= UInt64(allocation), !hasEnded else { return false }
    received &+= UInt32(count)
    var written = 0
    if backlog.isEmpty, canWrite, !isUnread { written = send(parts, count: count, to: descriptor) }
    if isUnread {
      forward(count - written)
      return true
    }
    return keep(parts, skipping: written)
  }

  /// The guest will send nothing more: once all is delivered the program reads the end of the stream.
  mutating func end(_ descriptor: Int32) {
    hasEnded = true
    passEndOn(to: descriptor)
  }

  /// Writes as much of the backlog as the socket takes.
  mutating func flush(to descriptor: Int32) {
    while !backlog.isEmpty, canWrite, !isUnread {
      let pieces = backlog.pieces()
      let written = send(pieces, count: pieces.reduce(0) { $0 + $1.iov_len }, to: descriptor)
      if written > 0 { backlog.removeFirst(written) }
    }
    passEndOn(to: descriptor)
  }

  mutating func noteWritable() {
    canWrite = true
  }

  /// The program takes nothing more: what is there, and what comes, is dropped.
  mutating func abandon() {
    isUnread = true
    forward(backlog.count)
    backlog.removeAll()
  }

  /// A packet with our counts is on its way.
  mutating func noteAnnounced() {
    announced = forwarded
    isUpdateDue = false
  }

  /// The guest asks for our counts.
  mutating func noteRequest() {
    isUpdateDue = true
  }

  private mutating func keep(_ parts: [iovec], skipping: Int) -> Bool {
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

  private mutating func send(_ parts: [iovec], count: Int, to descriptor: Int32) -> Int {
    let result = vz_vsock_send(descriptor, parts, Int32(parts.count))
    if result >= 0 {
      forward(result)
      if result < count { canWrite = false }
      return result
    }
    canWrite = false
    if result != -Int(EAGAIN) { abandon() }
    return 0
  }

  /// Tells the guest of room in time: not with every packet, but well before it has to stop.
  private mutating func forward(_ count: Int) {
    forwarded &+= UInt32(count)
    let believedFree = allocation &- (received &- announced)
    if forwarded != announced, believedFree < allocation / 2 { isUpdateDue = true }
  }

  private func passEndOn(to descriptor: Int32) {
    if hasEnded, backlog.isEmpty, descriptor >= 0 { shutdown(descriptor, Int32(SHUT_WR)) }
  }
}
