/// Gathers the answers to a batch until the last one is there.
final class BatchAnswer: @unchecked Sendable {  // only touched with the lock of its connection held
  private let limit: Int
  private var bytes: [UInt8] = []
  /// Answers still to come, and one for as long as the batch is being handed out.
  private var open = 1

  /// - Parameter limit: above this many bytes further answers are replaced by errors.
  init(limit: Int) { self.limit = limit }

  /// Bytes of the answers that are there and wait for the others.
  var size: Int { bytes.count }

  func expectAnswer() { open += 1 }

  /// Takes one answer; the whole array's text once it is the last.
  func add(_ message: OutgoingMessage, id: String) -> OutgoingMessage? {
    bytes.append(bytes.isEmpty ? UInt8(ascii: "[") : UInt8(ascii: ","))
    if bytes.count + message.count > limit {
      let error = RPCError.internalError(
        "the answers to this batch are longer than \(limit) bytes; send fewer at a time")
      OutgoingMessage.error(id: id, error).append(to: &bytes)
    } else {
      message.append(to: &bytes)
    }
    return finishOne()
  }

  /// One answer less to wait for. Nothing is sent for a batch of notifications.
  func finishOne() -> OutgoingMessage? {
    open -= 1
    guard open == 0, !bytes.isEmpty else { return nil }
    bytes.append(UInt8(ascii: "]"))
    defer { bytes = [] }
    return .encoded(bytes)
  }
}
