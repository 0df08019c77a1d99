import CVirtualization
import Foundation

/// One direction of a stream: from the program to the guest. Counts are modulo 2³², as in the protocol.
struct VsockOutbound {
  private var sent: UInt32 = 0
  private var guestAllocation: UInt32 = 0
  private var guestForwarded: UInt32 = 0
  private var hasAskedForCredit = false
  private var canRead = true
  /// The end of the stream makes no event of its own once it was announced, so reads go on until it is seen.
  private var mayHaveEnded = false
  /// The program has sent all that it will, and all of it has been read.
  private(set) var hasEnded = false
  /// The guest has said that it takes nothing more.
  private(set) var isUnread = false

  /// Every packet of the guest says how much it can take.
  mutating func noteCredit(_ header: VsockHeader) {
    guestAllocation = header.bufferAllocation
    guestForwarded = header.forwardedCount
    if credit > 0 { hasAskedForCredit = false }
  }

  /// Bytes that the guest has room for.
  private var credit: Int {
    max(0, Int(guestAllocation) - Int(sent &- guestForwarded))
  }

  private var mayHaveData: Bool { canRead && !hasEnded && !isUnread }

  /// How many bytes to read now: 0 when there are none or the guest has no room.
  var readable: Int { mayHaveData ? credit : 0 }

  /// Whether data waits for room and the guest has not been asked for any yet.
  var needsCredit: Bool { mayHaveData && credit == 0 && !hasAskedForCredit }

  mutating func noteCreditRequest() {
    hasAskedForCredit = true
  }

  mutating func noteReadable(mayHaveEnded: Bool) {
    canRead = true
    if mayHaveEnded { self.mayHaveEnded = true }
  }

  /// The guest will take nothing more: the program's next write fails.
  mutating func abandon(_ descriptor: Int32) {
    isUnread = true
    if descriptor >= 0 { shutdown(descriptor, Int32(SHUT_RD)) }
  }

  /// Reads into guest memory; returns the byte count.
  mutating func receive(from descriptor: Int32, into parts: [iovec], count: Int) -> Int {
    let result = vz_vsock_read(descriptor, parts, Int32(parts.count))
    if result > 0 {
      sent &+= UInt32(result)
      if result < count, !mayHaveEnded { canRead = false }
      return result
    }
    if result != -Int(EAGAIN) { hasEnded = true }
    canRead = false
    return 0
  }
}
