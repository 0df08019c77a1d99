// Strings, numbers and the three words.
extension JSONCursor {
  /// Moves behind the string whose opening quote is here.
  @inline(__always)
  mutating func skipString() -> Bool {
    offset += 1
    while true {
      skipPlainText()
      guard offset < count else { return fail("") }
      switch base[offset] {
      case UInt8(ascii: "\""):
        offset += 1
        return true
      case UInt8(ascii: "\\"):
        guard skipEscape() else { return false }
      case 0x80...:
        guard skipMultibyteCharacter() else { return false }
      case 0..<0x20:
        return fail("raw control character in a string")
      default:
        offset += 1
      }
    }
  }

  /// Moves over text that needs no look at single bytes: eight at a time while there is no quote, backslash,
  /// control character or byte above 0x7F among them.
  @inline(__always)
  private mutating func skipPlainText() {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    while count - offset >= 8 {
      let word = UnsafeRawPointer(base + offset).loadUnaligned(as: UInt64.self)
      let quote = word ^ (ones &* 0x22)
      let backslash = word ^ (ones &* 0x5C)
      // The usual "has a zero byte / a byte below n" tests; a false alarm only costs the slow path.
      let stop = (quote &- ones) | (backslash &- ones) | (word &- (ones &* 0x20)) | word
      guard stop & highs == 0 else { return skipToSpecial(stop & highs) }
      offset += 8
    }
  }

  /// The lowest flagged byte is never a false alarm, so everything in front of it is plain.
  @inline(__always)
  private mutating func skipToSpecial(_ flags: UInt64) {
    offset += UInt64(littleEndian: flags).trailingZeroBitCount >> 3
  }

  private mutating func skipEscape() -> Bool {
    offset += 1
    guard offset < count else { return fail("") }
    switch base[offset] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      offset += 1
      return true
    case UInt8(ascii: "u"):
      let start = offset - 1
      guard let unit = takeCodeUnit() else { return false }
      return !refusesLoneSurrogates || !UTF16.isSurrogate(unit) || skipOtherHalf(of: unit, at: start)
    default: return fail("unknown escape in a string")
    }
  }

  /// Moves behind the `u` that is here and its four digits.
  private mutating func takeCodeUnit() -> UInt16? {
    offset += 1
    var unit: UInt16 = 0
    for _ in 0..<4 {
      let byte = offset < count ? base[offset] : 0
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): unit = unit << 4 | UInt16(byte & 15)
      case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
        unit = unit << 4 | UInt16(byte & 7 + 9)
      default:
        _ = fail("expected four hexadecimal digits after \\u")
        return nil
      }
      offset += 1
    }
    return unit
  }

  /// Moves behind the low surrogate that has to follow the high one just read, whose escape began at `start`.
  private mutating func skipOtherHalf(of unit: UInt16, at start: Int) -> Bool {
    if UTF16.isLeadSurrogate(unit), count - offset >= 2, base[offset] == UInt8(ascii: "\\"),
      base[offset + 1] == UInt8(ascii: "u")
    {
      offset += 1
      guard let other = takeCodeUnit() else { return false }
      if UTF16.isTrailSurrogate(other) { return true }
    }
    offset = start
    return fail("half a surrogate pair in a string")
  }

  /// Moves behind one character of two to four bytes; refuses overlong forms, surrogates and what is beyond U+10FFFF.
  private mutating func skipMultibyteCharacter() -> Bool {
    let lead = base[offset]
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch lead {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: length = 4
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return fail("invalid UTF-8")
    }
    guard count - offset >= length, second.contains(base[offset + 1]) else { return fail("invalid UTF-8") }
    for index in 2..<max(length, 2) where base[offset + index] & 0xC0 != 0x80 { return fail("invalid UTF-8") }
    offset += length
    return true
  }

  mutating func skipNumber() -> Bool {
    if base[offset] == UInt8(ascii: "-") { offset += 1 }
    if offset < count, base[offset] == UInt8(ascii: "0") {
      offset += 1
    } else {
      guard skipDigits() else { return false }
    }
    if offset < count, base[offset] == UInt8(ascii: ".") {
      offset += 1
      guard skipDigits() else { return false }
    }
    if offset < count, base[offset] | 0x20 == UInt8(ascii: "e") {
      offset += 1
      if offset < count, base[offset] == UInt8(ascii: "+") || base[offset] == UInt8(ascii: "-") { offset += 1 }
      guard skipDigits() else { return false }
    }
    return true
  }

  /// Moves over one digit or more.
  @inline(__always)
  private mutating func skipDigits() -> Bool {
    let start = offset
    while offset < count, base[offset] &- UInt8(ascii: "0") < 10 { offset += 1 }
    return offset > start || fail("expected a digit")
  }

  mutating func skipLiteral(_ word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard matches(word, at: offset, count: min(length, count - offset)), count - offset >= length else {
      return fail("expected a value")
    }
    offset += length
    return true
  }

  /// Whether the bytes at `start` are the first `count` bytes of `word`.
  @inline(__always)
  func matches(_ word: StaticString, at start: Int, count length: Int) -> Bool {
    for index in 0..<length where base[start + index] != word.utf8Start[index] { return false }
    return true
  }
}
