/// JSON string literals.
public enum JSONString {
  /// Appends `text` as a JSON string literal, quotes included, without raw control characters.
  public static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { utf8 in
      var copied = 0
      for index in utf8.indices {
        let byte = utf8[index]
        guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F else { continue }
        bytes.append(contentsOf: utf8[copied..<index])
        appendEscape(byte, to: &bytes)
        copied = index + 1
      }
      bytes.append(contentsOf: utf8[copied...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// `text` as a JSON string literal, quotes included.
  public static func encode(_ text: String) -> RawJSON {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + 2)
    append(text, to: &bytes)
    return RawJSON(bytes: bytes)
  }

  private static func appendEscape(_ byte: UInt8, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    default:
      bytes.append(contentsOf: [UInt8(ascii: "u"), UInt8(ascii: "0"), UInt8(ascii: "0")])
      bytes.append(hexDigit(byte >> 4))
      bytes.append(hexDigit(byte & 15))
    }
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }

  /// The text of a literal's content (without quotes) that the scanner has found valid.
  /// A lone surrogate, which JSON can spell and Unicode cannot, becomes U+FFFD.
  static func decode(scannedContent content: UnsafeBufferPointer<UInt8>) -> String {
    guard content.contains(UInt8(ascii: "\\")) else { return String(decoding: content, as: UTF8.self) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(content.count)
    var units: [UInt16] = []  // a run of \u escapes: surrogate pairs are two of them
    func flushUnits() {
      if units.isEmpty { return }
      bytes.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
      units.removeAll()
    }
    var index = 0
    while index < content.count {
      let byte = content[index]
      if byte == UInt8(ascii: "\\"), content[index + 1] == UInt8(ascii: "u") {
        units.append(hexValue(content, at: index + 2))
        index += 6
        continue
      }
      flushUnits()
      if byte == UInt8(ascii: "\\") {
        bytes.append(unescaped(content[index + 1]))
        index += 2
      } else {
        bytes.append(byte)
        index += 1
      }
    }
    flushUnits()
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func unescaped(_ letter: UInt8) -> UInt8 {
    switch letter {
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "f"): return 0x0C
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "t"): return 0x09
    default: return letter  // quote, backslash, slash
    }
  }

  private static func hexValue(_ content: UnsafeBufferPointer<UInt8>, at start: Int) -> UInt16 {
    var value: UInt16 = 0
    for digit in content[start..<start + 4] {
      value = value << 4 | UInt16(digit <= UInt8(ascii: "9") ? digit & 15 : (digit & 7) + 9)
    }
    return value
  }
}
