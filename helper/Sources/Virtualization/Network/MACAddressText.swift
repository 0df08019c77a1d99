/// The written form of an Ethernet address: six bytes of two hexadecimal digits each, with colons between.
enum MACAddressText {
  typealias Octets = (UInt8, UInt8, UInt8, UInt8, UInt8, UInt8)

  static func parse(_ text: String) -> Octets? {
    let digits = Array(text.utf8)
    guard digits.count == 17 else { return nil }
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: digits.count, by: 3) {
      guard let high = value(of: digits[start]), let low = value(of: digits[start + 1]) else { return nil }
      guard start + 2 == digits.count || digits[start + 2] == UInt8(ascii: ":") else { return nil }
      bytes.append(high << 4 | low)
    }
    return (bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5])
  }

  static func format(_ octets: Octets) -> String {
    let digits = Array("0123456789abcdef")
    return withUnsafeBytes(of: octets) { bytes in
      bytes.map { String([digits[Int($0 >> 4)], digits[Int($0 & 15)]]) }.joined(separator: ":")
    }
  }

  private static func value(of digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): return digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): return digit - UInt8(ascii: "A") + 10
    default: return nil
    }
  }
}
