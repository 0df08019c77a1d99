/// A message on its way out, without its framing.
enum OutgoingMessage {
  case result(id: String, RawJSON)
  /// A complete message's text.
  case encoded([UInt8])

  private static let beforeID: StaticString = "{\"jsonrpc\":\"2.0\",\"id\":"
  private static let beforeResult: StaticString = ",\"result\":"

  static func error(id: String, _ error: RPCError) -> OutgoingMessage {
    var bytes: [UInt8] = []
    bytes.append(beforeID)
    bytes.append(contentsOf: id.utf8)
    bytes.append(",\"error\":{\"code\":")
    bytes.append(contentsOf: String(error.code).utf8)
    bytes.append(",\"message\":")
    JSONString.append(error.message, to: &bytes)
    if let data = error.data {
      bytes.append(",\"data\":")
      bytes.append(contentsOf: data.bytes)
    }
    bytes.append("}}")
    return .encoded(bytes)
  }

  static func notification(method: String, params: RawJSON) -> OutgoingMessage {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(method.utf8.count + params.bytes.count + 48)
    bytes.append("{\"jsonrpc\":\"2.0\",\"method\":")
    JSONString.append(method, to: &bytes)
    bytes.append(",\"params\":")
    bytes.append(contentsOf: params.bytes)
    bytes.append("}")
    return .encoded(bytes)
  }

  static func progress(token: String, value: RawJSON) -> OutgoingMessage {
    var bytes: [UInt8] = []
    bytes.append("{\"jsonrpc\":\"2.0\",\"method\":\"$/progress\",\"params\":{\"token\":")
    bytes.append(contentsOf: token.utf8)
    bytes.append(",\"value\":")
    bytes.append(contentsOf: value.bytes)
    bytes.append("}}")
    return .encoded(bytes)
  }

  /// The text's length in bytes.
  var count: Int {
    switch self {
    case .result(let id, let result):
      return Self.beforeID.utf8CodeUnitCount + id.utf8.count + Self.beforeResult.utf8CodeUnitCount + result.bytes.count
        + 1
    case .encoded(let bytes): return bytes.count
    }
  }

  func append(to bytes: inout [UInt8]) {
    switch self {
    case .result(let id, let result):
      bytes.append(Self.beforeID)
      bytes.append(contentsOf: id.utf8)
      bytes.append(Self.beforeResult)
      bytes.append(contentsOf: result.bytes)
      bytes.append("}")
    case .encoded(let text): bytes.append(contentsOf: text)
    }
  }
}

extension Array where Element == UInt8 {
  @inline(__always)
  mutating func append(_ text: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}
