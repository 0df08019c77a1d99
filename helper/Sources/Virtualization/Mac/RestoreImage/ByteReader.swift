import Foundation

/// Reads little-endian numbers one after the other. Past the end everything reads as zero, and `isPastEnd` says so.
struct ByteReader {
  private let bytes: [UInt8]
  private var position = 0
  private(set) var isPastEnd = false

  init(_ data: Data) { bytes = Array(data) }

  var remaining: Int { bytes.count - position }

  mutating func u16() -> UInt16 { UInt16(truncatingIfNeeded: number(2)) }
  mutating func u32() -> UInt32 { UInt32(truncatingIfNeeded: number(4)) }
  mutating func u64() -> UInt64 { number(8) }

  mutating func skip(_ count: Int) { _ = take(count) }

  mutating func take(_ count: Int) -> Data {
    guard count <= remaining else {
      isPastEnd = true
      position = bytes.count
      return Data()
    }
    defer { position += count }
    return Data(bytes[position..<position + count])
  }

  private mutating func number(_ count: Int) -> UInt64 {
    guard count <= remaining else {
      isPastEnd = true
      position = bytes.count
      return 0
    }
    defer { position += count }
    return bytes[position..<position + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
