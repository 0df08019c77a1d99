/// How a pixel lies in four bytes. What is not a colour is left out: a display is opaque.
package enum PixelFormat {
  case bgra
  case rgba
  /// Ten bits a channel, as wide-gamut displays have it; the two lowest are left out.
  case rgb10

  /// - Parameter code: as Core Video numbers formats, four characters; nil for what cannot be read here, such as the
  ///   compressed formats of Apple's graphics processors.
  package init?(code: UInt32) {
    switch code {
    case Self.code("BGRA"): self = .bgra
    case Self.code("RGBA"): self = .rgba
    case Self.code("l10r"): self = .rgb10
    default: return nil
    }
  }

  /// The four characters of a code, for people.
  package static func name(of code: UInt32) -> String {
    let bytes = withUnsafeBytes(of: code.bigEndian) { Array($0) }
    let isText = bytes.allSatisfy { (0x20..<0x7F).contains($0) }
    return isText ? String(decoding: bytes, as: UTF8.self) : "\(code)"
  }

  /// - Parameter word: the four bytes, the first one lowest.
  /// - Returns: red, green and blue.
  @inline(__always)
  func channels(of word: UInt32) -> (UInt8, UInt8, UInt8) {
    switch self {
    case .bgra:
      (UInt8(truncatingIfNeeded: word >> 16), UInt8(truncatingIfNeeded: word >> 8), UInt8(truncatingIfNeeded: word))
    case .rgba:
      (UInt8(truncatingIfNeeded: word), UInt8(truncatingIfNeeded: word >> 8), UInt8(truncatingIfNeeded: word >> 16))
    case .rgb10:
      (
        UInt8(truncatingIfNeeded: word >> 22), UInt8(truncatingIfNeeded: word >> 12),
        UInt8(truncatingIfNeeded: word >> 2)
      )
    }
  }

  private static func code(_ text: StaticString) -> UInt32 {
    text.withUTF8Buffer { $0.reduce(0) { $0 << 8 | UInt32($1) } }
  }
}
