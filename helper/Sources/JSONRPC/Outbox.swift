/// The output that waits to be written: framed messages one behind the other, so that whoever writes takes them all
/// at once. A plain value; the connection's lock guards it.
struct Outbox {
  /// A block up to this size is kept for the next messages.
  private static let retainedCapacity = 256 << 10

  /// Unknown until the peer's first byte. Messages written before wait for it.
  private(set) var framing: Framing?
  private var unframed: [OutgoingMessage] = []
  private var unframedBytes = 0
  private var waiting: [UInt8] = []
  private var spare: [UInt8] = []

  /// Some thread is writing; it takes what is appended meanwhile.
  private(set) var isWriting = false
  /// Bytes that this thread has taken and not yet written.
  var taken = 0

  /// All bytes that the peer has not got yet.
  var buffered: Int { waiting.count + taken + unframedBytes }
  var isIdle: Bool { !isWriting && waiting.isEmpty }
  var waitingBytes: Int { waiting.count }

  mutating func append(_ message: OutgoingMessage) {
    switch framing {
    case nil:
      unframed.append(message)
      unframedBytes += message.count
    case .contentLength:
      waiting.append("Content-Length: ")
      waiting.appendDecimal(message.count)
      waiting.append("\r\n\r\n")
      message.append(to: &waiting)
    case .lines:
      let start = waiting.count
      message.append(to: &waiting)
      // Between tokens JSON may hold line ends, inside them never: a space says the same.
      for index in start..<waiting.count where waiting[index] == 0x0A || waiting[index] == 0x0D {
        waiting[index] = 0x20
      }
      waiting.append(0x0A)
    }
  }

  mutating func setFraming(_ framing: Framing) {
    self.framing = framing
    let messages = unframed
    unframed = []
    unframedBytes = 0
    for message in messages { append(message) }
  }

  /// Makes the caller the writer of all that waits; nil if there is nothing, or another writer.
  mutating func take() -> [UInt8]? {
    guard !isWriting, !waiting.isEmpty else { return nil }
    isWriting = true
    return takeWaiting()
  }

  /// For the writer, when it has written all it took: the next lot, or nil, and it is the writer no more.
  /// - Parameter written: the block that held them, given back for the next messages. It is swapped and not copied, since
  ///   a block with two owners would have to be allocated anew.
  mutating func takeMore(returning written: inout [UInt8]) -> [UInt8]? {
    taken = 0
    if written.capacity <= Self.retainedCapacity {
      swap(&spare, &written)
      spare.removeAll(keepingCapacity: true)
    }
    if waiting.isEmpty {
      isWriting = false
      return nil
    }
    return takeWaiting()
  }

  private mutating func takeWaiting() -> [UInt8] {
    var lot: [UInt8] = spare
    spare = []
    swap(&lot, &waiting)
    taken = lot.count
    return lot
  }

  /// For the writer, when there is no use in going on.
  mutating func stopWriting() {
    discard()
    taken = 0
    isWriting = false
  }

  /// Nothing will be written any more.
  mutating func discard() {
    waiting = []
    unframed = []
    unframedBytes = 0
    spare = []
  }
}

extension Array where Element == UInt8 {
  fileprivate mutating func appendDecimal(_ value: Int) {
    var divisor = 1
    while value / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
      divisor /= 10
    }
  }
}
