/// Where the parts of one JSON-RPC message lie in its text. All ranges are byte offsets.
struct Envelope {
  enum Identifier {
    case absent
    case illegal
    /// A string, a number or null, as written.
    case legal(Range<Int>)
  }

  var isObject = false
  var isVersion2 = false
  var id = Identifier.absent
  /// The method's name as a string literal's content; nil if there is none.
  var method: Range<Int>?
  /// There is a `method`, but it is not a string.
  var methodIsIllegal = false
  var params: Range<Int>?
  var paramsAreIllegal = false
  /// `progressToken` of the params: a string or an integer, as written.
  var progressToken: Range<Int>?
  var hasResultOrError = false
}

/// A message's text, taken apart and found to be valid JSON throughout.
enum ScannedMessage {
  case single(Envelope)
  /// At most `limit` entries are kept; `count` is how many there are.
  case batch([Envelope], count: Int)
  case malformed(JSONScanError)

  static func scan(_ bytes: UnsafeBufferPointer<UInt8>, batchLimit: Int) -> ScannedMessage {
    JSONCursor.scan(bytes) { cursor in
      var message = ScannedMessage.single(Envelope())
      if cursor.skipSpace() {
        if cursor.base[cursor.offset] == UInt8(ascii: "[") {
          cursor.scanBatch(limit: batchLimit, into: &message)
        } else {
          var envelope = Envelope()
          if cursor.scanEntry(depth: 0, into: &envelope) { message = .single(envelope) }
        }
        if cursor.failure == nil { _ = cursor.expectEnd() }
      }
      return cursor.failure.map { .malformed($0) } ?? message
    }
  }
}

extension JSONCursor {
  fileprivate mutating func scanBatch(limit: Int, into message: inout ScannedMessage) {
    var entries: [Envelope] = []
    var total = 0
    offset += 1
    guard skipSpace() else { return }
    if base[offset] == UInt8(ascii: "]") {
      offset += 1
      message = .batch([], count: 0)
      return
    }
    while true {
      var envelope = Envelope()
      guard scanEntry(depth: 1, into: &envelope) else { return }
      total += 1
      if total <= limit { entries.append(envelope) }
      guard skipSpace() else { return }
      let separator = base[offset]
      guard separator == UInt8(ascii: ",") || separator == UInt8(ascii: "]") else {
        _ = fail("expected ',' or ']'")
        return
      }
      offset += 1
      if separator == UInt8(ascii: "]") { break }
      guard skipSpace() else { return }
    }
    message = .batch(entries, count: total)
  }

  /// Moves behind one message, or behind whatever stands in its place.
  fileprivate mutating func scanEntry(depth: Int, into envelope: inout Envelope) -> Bool {
    guard base[offset] == UInt8(ascii: "{") else { return skipValue(depth: depth) }
    envelope.isObject = true
    var seen = MemberSet()
    return scanMembers { cursor, key in
      let member = cursor.envelopeMember(named: key)
      if let member, !seen.insert(member) { return cursor.fail("the member \"\(member)\" is repeated") }
      return cursor.scanMember(member, depth: depth + 1, into: &envelope)
    }
  }

  /// Moves behind the object that starts here; `body` is called at each member's value and moves behind it.
  @inline(__always)
  private mutating func scanMembers(_ body: (inout JSONCursor, Range<Int>) -> Bool) -> Bool {
    offset += 1
    guard skipSpace() else { return false }
    if base[offset] == UInt8(ascii: "}") {
      offset += 1
      return true
    }
    while true {
      guard let key = takeKey(), body(&self, key), skipSpace() else { return false }
      let separator = base[offset]
      guard separator == UInt8(ascii: ",") || separator == UInt8(ascii: "}") else { return fail("expected ',' or '}'") }
      offset += 1
      if separator == UInt8(ascii: "}") { return true }
      guard skipSpace() else { return false }
    }
  }

  @inline(__always)
  private mutating func scanMember(_ member: EnvelopeMember?, depth: Int, into envelope: inout Envelope) -> Bool {
    let start = offset
    let first = base[start]
    if member == .params, first == UInt8(ascii: "{") {
      guard scanParams(depth: depth, into: &envelope) else { return false }
    } else {
      guard skipValue(depth: depth) else { return false }
    }
    switch member {
    case .version: envelope.isVersion2 = offset - start == 5 && matches("\"2.0\"", at: start, count: 5)
    case .id: envelope.id = isScalarIdentifier(first) ? .legal(start..<offset) : .illegal
    case .method where first == UInt8(ascii: "\""): envelope.method = start + 1..<offset - 1
    case .method: envelope.methodIsIllegal = true
    case .params:
      envelope.params = start..<offset
      envelope.paramsAreIllegal = first != UInt8(ascii: "{") && first != UInt8(ascii: "[")
    case .result, .error: envelope.hasResultOrError = true
    case nil: break
    }
    return true
  }

  @inline(__always)
  private func isScalarIdentifier(_ first: UInt8) -> Bool {
    switch first {
    case UInt8(ascii: "\""), UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "n"): return true
    default: return false
    }
  }

  private mutating func scanParams(depth: Int, into envelope: inout Envelope) -> Bool {
    var token: Range<Int>?
    let isValid = scanMembers { cursor, key in
      let start = cursor.offset
      guard cursor.skipValue(depth: depth + 1) else { return false }
      if cursor.isName(key, "progressToken"), cursor.isProgressToken(start..<cursor.offset) {
        token = start..<cursor.offset
      }
      return true
    }
    envelope.progressToken = token
    return isValid
  }

  private func isProgressToken(_ value: Range<Int>) -> Bool {
    if base[value.lowerBound] == UInt8(ascii: "\"") { return true }
    return value.allSatisfy { base[$0] == UInt8(ascii: "-") || base[$0] &- UInt8(ascii: "0") < 10 }
  }

  /// The value of the member `name` of the object that starts here, as a range of the text, if it is an identifier.
  mutating func findIdentifier(_ name: StaticString) -> Range<Int>? {
    var found: Range<Int>?
    guard skipSpace(), base[offset] == UInt8(ascii: "{") else { return nil }
    let isValid = scanMembers { cursor, key in
      let start = cursor.offset
      guard cursor.skipValue(depth: 1) else { return false }
      if cursor.isName(key, name), cursor.isScalarIdentifier(cursor.base[start]) { found = start..<cursor.offset }
      return true
    }
    return isValid ? found : nil
  }
}
