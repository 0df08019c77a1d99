import HostSystem

/// What the threads of a connection share, behind its lock.
struct ConnectionState {
  enum Phase {
    case idle
    case open
    /// Nothing more is read. Answers may still go out.
    case ending(ConnectionEnd)
    case closed
  }

  var phase = Phase.idle
  var outbox = Outbox()
  var requests = RequestTable()
  /// Bytes of answers that wait for the rest of their batch.
  var bytesInBatches = 0
  var input: Descriptor?
  var output: Descriptor?
  /// Ends the reader's wait where the input is not a socket.
  var wake: WakeSignal?
  var reader: ThreadID?
  /// The reader is handing out messages: its own answers wait until it is through with what has arrived.
  var isCorked = false
  /// Nothing that is written reaches the peer any more.
  var isOutputDead = false
  var lastSerial: UInt64 = 0
  /// Log lines caused by the peer.
  var complaints = 0

  var isEnding: Bool {
    switch phase {
    case .idle, .open: return false
    case .ending, .closed: return true
    }
  }

  var acceptsOutput: Bool {
    if case .closed = phase { return false }
    return !isOutputDead
  }

  /// Nothing is left to be answered or written.
  var isDrained: Bool { isOutputDead || (requests.count == 0 && outbox.isIdle) }

  func isOverloaded(_ limits: Limits) -> Bool {
    outbox.buffered > limits.outputHighWater || requests.count >= limits.requestsInFlight
      || requests.bytes > limits.requestBytesInFlight || bytesInBatches > limits.batchAnswerBytes
  }

  /// The opposite, some way below the output limit, so that reading does not resume for every few bytes.
  func hasRoom(_ limits: Limits) -> Bool {
    isEnding || isOutputDead
      || (outbox.buffered <= limits.outputHighWater / 2 && requests.count < limits.requestsInFlight
        && requests.bytes <= limits.requestBytesInFlight && bytesInBatches <= limits.batchAnswerBytes)
  }

  mutating func killOutput() {
    isOutputDead = true
    outbox.discard()
  }
}
