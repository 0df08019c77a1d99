import HostSystem

/// The members of a message that mean something to the transport.
enum EnvelopeMember: String, CaseIterable, CustomStringConvertible {
  case version = "jsonrpc"
  case id, method, params, result, error

  var description: String { rawValue }
}

/// Which members have been seen.
struct MemberSet {
  private var bits: UInt8 = 0

  /// False when the member is there already.
  @inline(__always)
  mutating func insert(_ member: EnvelopeMember) -> Bool {
    let bit: UInt8
    switch member {
    case .version: bit = 1
    case .id: bit = 2
    case .method: bit = 4
    case .params: bit = 8
    case .result: bit = 16
    case .error: bit = 32
    }
    defer { bits |= bit }
    return bits & bit == 0
  }
}

extension JSONCursor {
  @inline(__always)
  func envelopeMember(named key: Range<Int>) -> EnvelopeMember? {
    switch key.count {
    case 2: return matches("id", at: key.lowerBound, count: 2) ? .id : nil
    case 5: return matches("error", at: key.lowerBound, count: 5) ? .error : nil
    case 6:
      if matches("method", at: key.lowerBound, count: 6) { return .method }
      if matches("params", at: key.lowerBound, count: 6) { return .params }
      return matches("result", at: key.lowerBound, count: 6) ? .result : escapedMember(key)
    case 7: return matches("jsonrpc", at: key.lowerBound, count: 7) ? .version : escapedMember(key)
    default: return escapedMember(key)
    }
  }

  /// A name may be spelled with escapes: `"\u0069d"` is `"id"`. A member's name has at most 7 letters of 6 bytes each.
  @inline(__always)
  private func escapedMember(_ key: Range<Int>) -> EnvelopeMember? {
    guard key.count >= 6, key.count <= 42,
      ByteSearch.find(UInt8(ascii: "\\"), in: base + key.lowerBound, count: key.count) != nil
    else { return nil }
    return EnvelopeMember(rawValue: decoded(key))
  }

  /// Whether a member's name is `name`, in whatever spelling.
  @inline(__always)
  func isName(_ key: Range<Int>, _ name: StaticString) -> Bool {
    let length = name.utf8CodeUnitCount
    if key.count == length, matches(name, at: key.lowerBound, count: length) { return true }
    guard key.count > length, key.count <= 6 * length,
      ByteSearch.find(UInt8(ascii: "\\"), in: base + key.lowerBound, count: key.count) != nil
    else { return false }
    return decoded(key) == name.description
  }

  private func decoded(_ key: Range<Int>) -> String {
    JSONString.decode(scannedContent: UnsafeBufferPointer(start: base + key.lowerBound, count: key.count))
  }
}
