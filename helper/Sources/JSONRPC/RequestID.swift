/// Ids that are spelled differently and mean the same: a cancellation may have passed through another JSON writer than
/// its request.
enum RequestID {
  /// Equal for ids of equal meaning, such as `10`, `10.0` and `1e1`, or `"a"` and `"\u0061"`.
  /// - Parameter text: a JSON string, number or null, as the scanner has found it valid.
  static func key(_ text: String) -> String {
    var text = text
    return text.withUTF8 { utf8 in
      if utf8.first == UInt8(ascii: "\"") { return stringKey(utf8) }
      return isPlain(utf8) ? String(decoding: utf8, as: UTF8.self) : numberKey(utf8)
    }
  }

  /// With a quote in front, which no number has.
  private static func stringKey(_ utf8: UnsafeBufferPointer<UInt8>) -> String {
    "\"" + JSONString.decode(scannedContent: UnsafeBufferPointer(rebasing: utf8[1..<utf8.count - 1]))
  }

  /// Null, and whole numbers of usual length: what nearly every id is.
  private static func isPlain(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
    if utf8.first == UInt8(ascii: "n") { return true }
    return utf8.count <= longestPlain && utf8.allSatisfy { $0 &- UInt8(ascii: "0") < 10 }
  }

  private static let longestPlain = 20

  /// Whole numbers of usual length in digits, all others as digits and a power of ten.
  private static func numberKey(_ utf8: UnsafeBufferPointer<UInt8>) -> String {
    var digits: [UInt8] = []
    var fraction = 0
    var isBehindPoint = false
    var index = utf8.startIndex
    while index < utf8.endIndex, utf8[index] | 0x20 != UInt8(ascii: "e") {
      switch utf8[index] {
      case UInt8(ascii: "-"): break
      case UInt8(ascii: "."): isBehindPoint = true
      case let digit:
        if !digits.isEmpty || digit != UInt8(ascii: "0") { digits.append(digit) }
        if isBehindPoint { fraction += 1 }
      }
      index += 1
    }
    if digits.isEmpty { return "0" }
    var exponent = 0
    if index < utf8.endIndex {
      // Nobody counts up to there: of such numbers the spelling decides.
      guard let given = Int(String(decoding: utf8[(index + 1)...], as: UTF8.self)), given.magnitude < 1 << 32 else {
        return String(decoding: utf8, as: UTF8.self)
      }
      exponent = given
    }
    exponent -= fraction
    while digits.last == UInt8(ascii: "0") {
      digits.removeLast()
      exponent += 1
    }
    let sign = utf8.first == UInt8(ascii: "-") ? "-" : ""
    if exponent >= 0, digits.count + exponent <= longestPlain {
      return sign + String(decoding: digits, as: UTF8.self) + String(repeating: "0", count: exponent)
    }
    return "\(sign)\(String(decoding: digits, as: UTF8.self))e\(exponent)"
  }
}
