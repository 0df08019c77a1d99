/// Reads one JSON text. Small on purpose: Foundation's parser costs more than the monitor's own round trip.
struct QMPParser {
  struct Malformed: Error {
    var offset: Int
  }

  private static let maximumDepth = 64

  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var depth = 0

  static func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws -> QMPValue {
    var parser = QMPParser(bytes: bytes)
    let value = try parser.value()
    parser.skipSpace()
    guard parser.position == bytes.count else { throw parser.malformed }
    return value
  }

  static func parse(_ text: some Collection<UInt8>) throws -> QMPValue {
    try Array(text).withUnsafeBufferPointer { try parse($0) }
  }

  private init(bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  private var malformed: Malformed { Malformed(offset: position) }

  private mutating func skipSpace() {
    while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) { position += 1 }
  }

  private func peek() throws -> UInt8 {
    guard position < bytes.count else { throw malformed }
    return bytes[position]
  }

  private mutating func expect(_ literal: StaticString) throws {
    let count = literal.utf8CodeUnitCount
    guard bytes.count - position >= count else { throw malformed }
    for index in 0..<count where bytes[position + index] != literal.utf8Start[index] { throw malformed }
    position += count
  }

  private mutating func value() throws -> QMPValue {
    skipSpace()
    switch try peek() {
    case UInt8(ascii: "{"): return try nested { try $0.object() }
    case UInt8(ascii: "["): return try nested { try $0.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"):
      try expect("true")
      return .bool(true)
    case UInt8(ascii: "f"):
      try expect("false")
      return .bool(false)
    case UInt8(ascii: "n"):
      try expect("null")
      return .null
    default: return try number()
    }
  }

  private mutating func nested(_ read: (inout QMPParser) throws -> QMPValue) throws -> QMPValue {
    guard depth < Self.maximumDepth else { throw malformed }
    depth += 1
    defer { depth -= 1 }
    position += 1
    return try read(&self)
  }

  private mutating func object() throws -> QMPValue {
    var members: [String: QMPValue] = [:]
    skipSpace()
    if try peek() == UInt8(ascii: "}") {
      position += 1
      return .object(members)
    }
    while true {
      skipSpace()
      guard try peek() == UInt8(ascii: "\"") else { throw malformed }
      let key = try string()
      skipSpace()
      try expect(":")
      members[key] = try value()
      if try endOfList(UInt8(ascii: "}")) { return .object(members) }
    }
  }

  private mutating func array() throws -> QMPValue {
    var elements: [QMPValue] = []
    skipSpace()
    if try peek() == UInt8(ascii: "]") {
      position += 1
      return .array(elements)
    }
    while true {
      elements.append(try value())
      if try endOfList(UInt8(ascii: "]")) { return .array(elements) }
    }
  }

  private mutating func endOfList(_ closing: UInt8) throws -> Bool {
    skipSpace()
    let byte = try peek()
    guard byte == closing || byte == UInt8(ascii: ",") else { throw malformed }
    position += 1
    return byte == closing
  }

  private mutating func number() throws -> QMPValue {
    let start = position
    var integral = true
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): break
      case UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): integral = false
      default: return try number(from: start, integral: integral)
      }
      position += 1
    }
    return try number(from: start, integral: integral)
  }

  private func number(from start: Int, integral: Bool) throws -> QMPValue {
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if integral, let value = Int64(text) { return .integer(value) }
    guard let value = Double(text) else { throw Malformed(offset: start) }
    return .number(value)
  }

  private mutating func string() throws -> String {
    position += 1
    let start = position
    while try peek() != UInt8(ascii: "\"") {
      if bytes[position] == UInt8(ascii: "\\") { return try escapedString(from: start) }
      position += 1
    }
    defer { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func escapedString(from start: Int) throws -> String {
    var output = Array(bytes[start..<position])
    while true {
      let byte = try peek()
      position += 1
      if byte == UInt8(ascii: "\"") { return String(decoding: output, as: UTF8.self) }
      guard byte == UInt8(ascii: "\\") else {
        output.append(byte)
        continue
      }
      let escape = try peek()
      position += 1
      switch escape {
      case UInt8(ascii: "n"): output.append(0x0A)
      case UInt8(ascii: "r"): output.append(0x0D)
      case UInt8(ascii: "t"): output.append(0x09)
      case UInt8(ascii: "b"): output.append(0x08)
      case UInt8(ascii: "f"): output.append(0x0C)
      case UInt8(ascii: "u"): output.append(contentsOf: Array(String(Character(try unicodeEscape())).utf8))
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): output.append(escape)
      default: throw malformed
      }
    }
  }

  private mutating func unicodeEscape() throws -> Unicode.Scalar {
    let first = try hexadecimal()
    guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
    try expect("\\u")
    let second = try hexadecimal()
    guard (0xDC00..<0xE000).contains(second) else { return "\u{FFFD}" }
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
  }

  private mutating func hexadecimal() throws -> UInt32 {
    guard bytes.count - position >= 4,
      let value = UInt32(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
    else { throw malformed }
    position += 4
    return value
  }
}
