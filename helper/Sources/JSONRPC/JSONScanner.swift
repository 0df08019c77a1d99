/// Why a text is not JSON, and where.
public struct JSONScanError: Error, Sendable, Equatable, CustomStringConvertible {
  public let reason: String
  /// Bytes from the start of the text.
  public let offset: Int

  public var description: String { "\(reason) at byte \(offset)" }
}

/// Checks JSON text (RFC 8259, UTF-8 only) without building anything from it.
///
/// Stricter than many parsers: no byte order mark, no raw control character, no invalid UTF-8, at most `maximumDepth`
/// nested containers. As RFC 8259 has it, members may repeat and, unless told otherwise, a lone surrogate may be spelled
/// `\ud800`.
public enum JSONScanner {
  public static let maximumDepth = 512

  /// Returns what is wrong with `bytes` as one complete JSON value, or nil.
  public static func validate(_ bytes: [UInt8], refusingLoneSurrogates: Bool = false) -> JSONScanError? {
    bytes.withUnsafeBufferPointer { validate($0, refusingLoneSurrogates: refusingLoneSurrogates) }
  }

  /// Returns what is wrong with `bytes` as one complete JSON value, or nil.
  public static func validate(
    _ bytes: UnsafeBufferPointer<UInt8>, refusingLoneSurrogates: Bool = false
  ) -> JSONScanError? {
    JSONCursor.scan(bytes) { cursor in
      cursor.refusesLoneSurrogates = refusingLoneSurrogates
      _ = cursor.skipSpace() && cursor.skipValue(depth: 0) && cursor.expectEnd()
      return cursor.failure
    }
  }
}

/// Walks over JSON text and checks it on the way. Every step returns false once the text is found wrong; the reason is
/// then in `failure`. Nothing here allocates or recurses, whatever the text.
struct JSONCursor {
  let base: UnsafePointer<UInt8>
  let count: Int
  var offset = 0
  var refusesLoneSurrogates = false
  private(set) var failure: JSONScanError?
  /// The open containers inside the value being skipped: true for an object. One entry per level.
  private let containers: UnsafeMutablePointer<Bool>

  /// Runs `body` with a cursor at the start of `bytes`; the cursor must not leave the closure.
  @inline(__always)
  static func scan<Result>(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (inout JSONCursor) -> Result) -> Result {
    withUnsafeTemporaryAllocation(of: Bool.self, capacity: JSONScanner.maximumDepth + 1) { containers in
      // The allocation is never empty, hence has an address. An empty text may lack one; it is never read then.
      var cursor = JSONCursor(
        base: bytes.baseAddress ?? UnsafePointer(bitPattern: 1).unsafelyUnwrapped, count: bytes.count,
        containers: containers.baseAddress.unsafelyUnwrapped)
      return body(&cursor)
    }
  }

  private init(base: UnsafePointer<UInt8>, count: Int, containers: UnsafeMutablePointer<Bool>) {
    self.base = base
    self.count = count
    self.containers = containers
  }

  @inline(never)
  mutating func fail(_ reason: String) -> Bool {
    failure = JSONScanError(reason: offset < count ? reason : "unexpected end of the text", offset: offset)
    return false
  }

  /// Moves to the next byte that is not white space; false at the end of the text.
  @inline(__always)
  mutating func skipSpace() -> Bool {
    while offset < count {
      switch base[offset] {
      case 0x20, 0x0A, 0x0D, 0x09: offset += 1
      default: return true
      }
    }
    return fail("")
  }

  /// Checks that nothing but white space follows.
  mutating func expectEnd() -> Bool {
    while offset < count {
      switch base[offset] {
      case 0x20, 0x0A, 0x0D, 0x09: offset += 1
      default: return fail("more text after the value")
      }
    }
    return true
  }

  /// Moves behind a member's name and colon, to its value. Returns the name's content, without quotes, or nil.
  @inline(__always)
  mutating func takeKey() -> Range<Int>? {
    guard base[offset] == UInt8(ascii: "\"") else {
      _ = fail("expected a member name in quotes")
      return nil
    }
    let start = offset + 1
    guard skipString() else { return nil }
    let content = start..<offset - 1
    guard skipSpace() else { return nil }
    guard base[offset] == UInt8(ascii: ":") else {
      _ = fail("expected ':' after a member name")
      return nil
    }
    offset += 1
    return skipSpace() ? content : nil
  }

  /// Moves behind the value that starts here. `depth` is the number of containers around it.
  mutating func skipValue(depth outer: Int) -> Bool {
    var depth = 0
    while true {
      switch base[offset] {
      case UInt8(ascii: "\""):
        guard skipString() else { return false }
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        let isObject = base[offset] == UInt8(ascii: "{")
        guard outer + depth < JSONScanner.maximumDepth else {
          return fail("nested deeper than \(JSONScanner.maximumDepth) levels")
        }
        offset += 1
        guard skipSpace() else { return false }
        if base[offset] == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
          offset += 1
          break
        }
        containers[depth] = isObject
        depth += 1
        if isObject { guard takeKey() != nil else { return false } }
        continue
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        guard skipNumber() else { return false }
      case UInt8(ascii: "t"): guard skipLiteral("true") else { return false }
      case UInt8(ascii: "f"): guard skipLiteral("false") else { return false }
      case UInt8(ascii: "n"): guard skipLiteral("null") else { return false }
      default: return fail("expected a value")
      }
      guard depth > 0 else { return true }
      switch leaveValue(&depth) {
      case .failed: return false
      case .finished: return true
      case .anotherValue: continue
      }
    }
  }

  private enum AfterValue { case failed, finished, anotherValue }

  /// After a value inside a container: closes what ends here, or moves to the next value.
  @inline(__always)
  private mutating func leaveValue(_ depth: inout Int) -> AfterValue {
    while depth > 0 {
      guard skipSpace() else { return .failed }
      let isObject = containers[depth - 1]
      switch base[offset] {
      case UInt8(ascii: ","):
        offset += 1
        guard skipSpace() else { return .failed }
        if isObject { guard takeKey() != nil else { return .failed } }
        return .anotherValue
      case UInt8(ascii: "}") where isObject, UInt8(ascii: "]") where !isObject:
        offset += 1
        depth -= 1
      default:
        _ = fail(isObject ? "expected ',' or '}'" : "expected ',' or ']'")
        return .failed
      }
    }
    return .finished
  }
}
