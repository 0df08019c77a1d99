import XCTest

@testable import HelperCore

/// Disks laid out as macOS does it, and what must be true of them.
enum MacDisk {
  static let sectorSize = 512
  /// Sectors of the disk at first.
  static let sectors: UInt64 = 4096
  static let recoverySectors: UInt64 = 512
  private static let bootLoader: ClosedRange<UInt64> = 40...63
  private static let system: ClosedRange<UInt64> = 64...3543
  private static let recovery: ClosedRange<UInt64> = 3544...4055
  private static let bootLoaderType: [UInt8] =
    [0x69, 0x64, 0x61, 0x69, 0x00, 0x67, 0xAA, 0x11, 0xAA, 0x11, 0x00, 0x30, 0x65, 0x43, 0xEC, 0xAC]

  /// A whole disk.
  ///
  /// - Parameter sectors: of the disk, whose table ends where it does at first, whatever the size.
  static func make(sectors: UInt64 = sectors) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: Int(sectors) * sectorSize)
    for (content, sectors) in zip(contents, [bootLoader, system, recovery]) { put(content, &bytes, sectors.lowerBound) }
    write(
      [
        (bootLoaderType, bootLoader), (PartitionType.apfs, system), (PartitionType.apfsRecovery, recovery),
      ], to: &bytes)
    return bytes
  }

  /// Puts a new table onto a disk.
  static func write(_ partitions: [([UInt8], ClosedRange<UInt64>)], to bytes: inout [UInt8]) {
    var entries = [UInt8](repeating: 0, count: 128 * 128)
    for (index, (type, sectors)) in partitions.enumerated() {
      entries.replaceSubrange(index * 128..<index * 128 + 16, with: type)
      entries.replaceSubrange(index * 128 + 16..<index * 128 + 32, with: repeatElement(UInt8(index + 1), count: 16))
      entries.set(sectors.lowerBound, at: index * 128 + 32)
      entries.set(sectors.upperBound, at: index * 128 + 40)
      entries.set(UInt16(0x41 + index), at: index * 128 + 56)
    }
    let last = Self.sectors - 1
    put(entries, &bytes, 2)
    put(entries, &bytes, last - 32)
    put(header(own: 1, other: last, entriesAt: 2, entries), &bytes, 1)
    put(header(own: last, other: 1, entriesAt: last - 32, entries), &bytes, last)
    var record = [UInt8](repeating: 0, count: sectorSize)
    record[450] = 0xEE
    record.set(UInt32(1), at: 454)
    record.set(UInt32(last), at: 458)
    record.set(UInt16(0xAA55), at: 510)
    put(record, &bytes, 0)
  }

  private static func header(own: UInt64, other: UInt64, entriesAt: UInt64, _ entries: [UInt8]) -> [UInt8] {
    var header = Array("EFI PART".utf8) + [UInt8](repeating: 0, count: sectorSize - 8)
    header.set(UInt32(0x10000), at: 8)
    header.set(UInt32(92), at: 12)
    for (index, number) in [own, other, 34, sectors - 34].enumerated() { header.set(number, at: 24 + 8 * index) }
    header.replaceSubrange(56..<72, with: repeatElement(UInt8(0x5A), count: 16))
    header.set(entriesAt, at: 72)
    header.set(UInt32(128), at: 80)
    header.set(UInt32(128), at: 84)
    header.set(IndependentReader.crc(entries[...]), at: 88)
    header.set(IndependentReader.crc(header[0..<92]), at: 16)
    return header
  }

  static func put(_ new: [UInt8], _ bytes: inout [UInt8], _ sector: UInt64) {
    bytes.replaceSubrange(Int(sector) * sectorSize..<Int(sector) * sectorSize + new.count, with: new)
  }

  /// What the partitions have at first.
  private static let contents = zip([1, 2, 3], [bootLoader, system, recovery]).map { content(UInt64($0), $1.count) }

  /// Noise in every other stretch of 32 KiB; the others are zeros.
  private static func content(_ seed: UInt64, _ count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count * sectorSize)
    var random = Randomness(seed: seed)
    for offset in stride(from: 0, to: bytes.count, by: 8) where offset >> 15 % 2 == 0 {
      bytes.set(random.next() | 0x0101_0101_0101_0101, at: offset)
    }
    return bytes
  }

  /// Fails unless a table's partitions have what they had at first, wherever they are.
  static func check(_ table: IndependentReader, _ bytes: [UInt8], line: UInt) {
    let expected = [(1, bootLoader), (2, system), (3, recovery)] as [(UInt64, ClosedRange<UInt64>)]
    XCTAssertEqual(table.partitions.count, expected.count, line: line)
    for (partition, (seed, sectors)) in zip(table.partitions, expected) {
      XCTAssertEqual(partition.count, sectors.count, line: line)
      if seed != 3 { XCTAssertEqual(partition, sectors, line: line) }
      let whole = contents[Int(seed) - 1]
      let start = Int(partition.lowerBound) * sectorSize
      // Comparing slices is slow in a debug build.
      let isSame = bytes.withUnsafeBytes { memcmp($0.baseAddress! + start, whole, whole.count) == 0 }
      XCTAssertTrue(isSame, "partition \(seed) lost data", line: line)
    }
  }
}

/// Reads one copy of a GUID partition table as the UEFI specification says it, by code of its own.
struct IndependentReader {
  let partitions: [ClosedRange<UInt64>]
  let other: UInt64
  let entriesSector: UInt64

  /// Nil for a copy that is not valid by its checksums.
  init?(_ bytes: [UInt8], at sector: UInt64) {
    guard (Int(sector) + 1) * 512 <= bytes.count else { return nil }
    let header = Array(bytes[Int(sector) * 512..<(Int(sector) + 1) * 512])
    func number(_ offset: Int, _ size: Int, in part: [UInt8]) -> UInt64 {
      (0..<size).reduce(0) { $0 + UInt64(part[offset + $1]) << UInt64(8 * $1) }
    }
    var blank = header
    for index in 16..<20 { blank[index] = 0 }
    guard String(decoding: header[0..<8], as: UTF8.self) == "EFI PART", number(24, 8, in: header) == sector,
      number(16, 4, in: header) == UInt64(Self.crc(blank[0..<92]))
    else { return nil }
    entriesSector = number(72, 8, in: header)
    other = number(32, 8, in: header)
    let start = Int(entriesSector) * 512
    guard start + 16384 <= bytes.count else { return nil }
    let entries = Array(bytes[start..<start + 16384])
    guard number(88, 4, in: header) == UInt64(Self.crc(entries[...])) else { return nil }
    let used = (0..<128).filter { index in entries[index * 128..<index * 128 + 16].contains { $0 != 0 } }
    partitions = used.map { number($0 * 128 + 32, 8, in: entries)...number($0 * 128 + 40, 8, in: entries) }
    let usable = number(40, 8, in: header)...number(48, 8, in: header)
    guard partitions.allSatisfy({ usable.contains($0.lowerBound) && usable.contains($0.upperBound) }) else {
      return nil
    }
  }

  /// The checksum four bits at a time.
  static func crc(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.withUnsafeBytes { bytes in
      var value = UInt32.max
      for byte in bytes {
        value ^= UInt32(byte)
        value = value >> 4 ^ nibbles[Int(value & 15)]
        value = value >> 4 ^ nibbles[Int(value & 15)]
      }
      return ~value
    }
  }

  private static let nibbles: [UInt32] = [
    0x0000_0000, 0x1DB7_1064, 0x3B6E_20C8, 0x26D9_30AC, 0x76DC_4190, 0x6B6B_51F4, 0x4DB2_6158, 0x5005_713C,
    0xEDB8_8320, 0xF00F_9344, 0xD6D6_A3E8, 0xCB61_B38C, 0x9B64_C2B0, 0x86D3_D2D4, 0xA00A_E278, 0xBDBD_F21C,
  ]
}
