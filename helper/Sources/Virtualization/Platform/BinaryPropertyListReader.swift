import Foundation

/// Reads binary property lists that may be hostile. Foundation's own reader on Linux crashes on some of them.
///
/// Knows dictionaries with string keys, arrays, strings, data, dates, numbers and truth values; anything else, and anything
/// that does not add up, is no property list.
struct BinaryPropertyListReader {
  /// Not a property list that this reader knows.
  private struct Malformed: Error {}

  private static let magic = Array("bplist00".utf8)
  private static let trailerSize = 32
  private static let maximumDepth = 16
  /// More objects than any list of use has.
  private static let maximumObjects = 1 << 19
  /// Bytes that lists of use have in strings that stand once and are shared, such as the keys of many dictionaries.
  private static let sharedTextSize = 8 << 20

  private let bytes: [UInt8]
  private let offsetSize: Int
  private let referenceSize: Int
  private let objectCount: Int
  private let tableStart: Int
  /// Objects that may still be read: shared parts could otherwise grow without bound.
  private var budget: Int
  /// Bytes of strings and data that may still be copied, for the same reason.
  private var byteBudget: Int

  /// The top object as `[String: Any]`, `[Any]`, `String`, `Data`, `Date` or `NSNumber`; nil for malformed data.
  static func read(_ data: Data) -> Any? {
    guard var reader = try? BinaryPropertyListReader(Array(data)) else { return nil }
    return try? reader.top()
  }

  private init(_ bytes: [UInt8]) throws {
    self.bytes = bytes
    guard bytes.count >= Self.magic.count + Self.trailerSize, bytes.starts(with: Self.magic) else { throw Malformed() }
    let trailer = bytes.count - Self.trailerSize
    offsetSize = Int(bytes[trailer + 6])
    referenceSize = Int(bytes[trailer + 7])
    guard (1...8).contains(offsetSize), (1...8).contains(referenceSize) else { throw Malformed() }
    let count = Self.number(bytes[(trailer + 8)..<(trailer + 16)])
    let start = Self.number(bytes[(trailer + 24)..<(trailer + 32)])
    guard count > 0, count <= UInt64(trailer), start >= UInt64(Self.magic.count), start <= UInt64(trailer),
      UInt64(trailer) - start >= count * UInt64(offsetSize)
    else { throw Malformed() }
    objectCount = Int(count)
    tableStart = Int(start)
    budget = min(4 * bytes.count, Self.maximumObjects)
    byteBudget = 2 * bytes.count + Self.sharedTextSize
  }

  private mutating func top() throws -> Any {
    let trailer = bytes.count - Self.trailerSize
    return try object(Self.number(bytes[(trailer + 16)..<(trailer + 24)]), depth: 0)
  }

  private mutating func object(_ reference: UInt64, depth: Int) throws -> Any {
    budget -= 1
    guard reference < UInt64(objectCount), depth < Self.maximumDepth, budget > 0 else { throw Malformed() }
    let entry = tableStart + Int(reference) * offsetSize
    let offset = Self.number(bytes[entry..<(entry + offsetSize)])
    guard offset < UInt64(tableStart) else { throw Malformed() }
    var at = Int(offset)
    let marker = bytes[at]
    at += 1
    switch marker >> 4 {
    case 0x0 where marker == 0x08 || marker == 0x09: return NSNumber(value: marker == 0x09)
    case 0x1: return try integer(size: 1 << Int(marker & 0x0F), at: at)
    case 0x2: return try real(size: 1 << Int(marker & 0x0F), at: at)
    case 0x3 where marker == 0x33:
      return Date(timeIntervalSinceReferenceDate: try real(size: 8, at: at).doubleValue)
    case 0x4: return Data(try text(try count(marker, &at), of: 1, at: at))
    case 0x5: return try string(try text(try count(marker, &at), of: 1, at: at), .ascii)
    case 0x6: return try string(try text(try count(marker, &at), of: 2, at: at), .utf16BigEndian)
    case 0xA: return try references(try count(marker, &at), at: at).map { try object($0, depth: depth + 1) }
    case 0xD: return try dictionary(count: try count(marker, &at), at: at, depth: depth)
    default: throw Malformed()
    }
  }

  private mutating func dictionary(count: Int, at: Int, depth: Int) throws -> [String: Any] {
    let keys = try references(count, at: at)
    let values = try references(count, at: at + count * referenceSize)
    var result: [String: Any] = [:]
    for (key, value) in zip(keys, values) {
      guard let name = try object(key, depth: depth + 1) as? String, result[name] == nil else { throw Malformed() }
      result[name] = try object(value, depth: depth + 1)
    }
    return result
  }

  /// The number of items: in the marker, or in an integer after it.
  private func count(_ marker: UInt8, _ at: inout Int) throws -> Int {
    guard marker & 0x0F == 0x0F else { return Int(marker & 0x0F) }
    guard at < tableStart, bytes[at] >> 4 == 0x1, bytes[at] & 0x0F <= 3 else { throw Malformed() }
    let size = 1 << Int(bytes[at] & 0x0F)
    let value = Self.number(try slice(size, of: 1, at: at + 1))
    at += 1 + size
    guard value <= UInt64(bytes.count) else { throw Malformed() }
    return Int(value)
  }

  private func references(_ count: Int, at: Int) throws -> [UInt64] {
    guard count <= budget else { throw Malformed() }
    let all = try slice(count, of: referenceSize, at: at)
    return (0..<count).map { index in
      let start = all.startIndex + index * referenceSize
      return Self.number(all[start..<(start + referenceSize)])
    }
  }

  private func integer(size: Int, at: Int) throws -> NSNumber {
    switch size {
    case 1, 2, 4: return NSNumber(value: Int64(Self.number(try slice(size, of: 1, at: at))))
    case 8: return NSNumber(value: Int64(bitPattern: Self.number(try slice(8, of: 1, at: at))))
    case 16:
      // How numbers are written that are too large for a signed one.
      guard Self.number(try slice(8, of: 1, at: at)) == 0 else { throw Malformed() }
      return NSNumber(value: Self.number(try slice(8, of: 1, at: at + 8)))
    default: throw Malformed()
    }
  }

  private func real(size: Int, at: Int) throws -> NSNumber {
    let bits = Self.number(try slice(min(size, 8), of: 1, at: at))
    switch size {
    case 4: return NSNumber(value: Float(bitPattern: UInt32(bits)))
    case 8: return NSNumber(value: Double(bitPattern: bits))
    default: throw Malformed()
    }
  }

  private mutating func text(_ count: Int, of size: Int, at: Int) throws -> ArraySlice<UInt8> {
    let bytes = try slice(count, of: size, at: at)
    byteBudget -= bytes.count
    guard byteBudget >= 0 else { throw Malformed() }
    return bytes
  }

  private func string(_ bytes: ArraySlice<UInt8>, _ encoding: String.Encoding) throws -> String {
    guard let text = String(data: Data(bytes), encoding: encoding) else { throw Malformed() }
    return text
  }

  /// `count` items of `size` bytes, all of them before the table of offsets.
  private func slice(_ count: Int, of size: Int, at: Int) throws -> ArraySlice<UInt8> {
    guard at <= tableStart, count <= (tableStart - at) / size else { throw Malformed() }
    return bytes[at..<(at + count * size)]
  }

  /// A number of up to eight bytes, the most significant first.
  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }
}
