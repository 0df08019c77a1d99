import XCTest

@testable import HelperCore

final class PartitionTableTests: XCTestCase {
  func testChecksumIsTheWellKnownOne() {
    XCTAssertEqual(CRC32.checksum(Array("123456789".utf8)), 0xCBF4_3926)
    XCTAssertEqual(CRC32.checksum([]), 0)
  }

  private func assertRefused(
    _ bytes: [UInt8], _ word: String, damaged: Bool = false, to size: UInt64 = 6000 * 512, line: UInt = #line
  ) {
    let disk = ModelDisk(bytes)
    XCTAssertThrowsError(try RecoveryMove(PartitionTable(readingFrom: disk), to: size), line: line) { error in
      switch error as? PartitionTableError {
      case .unsupported(let reason)?:
        XCTAssertFalse(damaged, line: line)
        XCTAssertTrue(reason.contains(word), reason, line: line)
      case .damaged(let reason)?:
        XCTAssertTrue(damaged, line: line)
        XCTAssertTrue(reason.contains(word), reason, line: line)
      default: XCTFail("\(error)", line: line)
      }
    }
    XCTAssertTrue(disk.changes.isEmpty, line: line)
  }

  private func changed(_ change: (inout [UInt8]) -> Void) -> [UInt8] {
    var bytes = MacDisk.make()
    change(&bytes)
    return bytes
  }

  /// With a header's checksum made right again.
  private func header(_ sector: Int, _ change: (inout [UInt8]) -> Void) -> [UInt8] {
    changed { bytes in
      var header = Array(bytes[sector * 512..<(sector + 1) * 512])
      change(&header)
      header.set(UInt32(0), at: 16)
      header.set(IndependentReader.crc(header[0..<92]), at: 16)
      MacDisk.put(header, &bytes, UInt64(sector))
    }
  }

  func testDisksWithoutAnUnderstoodTable() {
    assertRefused([], "no GUID partition table")
    assertRefused([UInt8](repeating: 0, count: 4096 * 512), "no GUID partition table")
    assertRefused(Array("QFI\u{FB}".utf8) + [UInt8](repeating: 0, count: 1 << 20), "no GUID partition table")
    assertRefused(changed { $0[510] = 0 }, "protective")
    assertRefused(changed { $0[450] = 0x0C }, "protective")
    assertRefused(changed { $0[466] = 0x0C }, "hybrid")
    assertRefused(header(1) { $0.set(UInt32(256), at: 84) }, "entries of 256 bytes")
    assertRefused(header(4095) { $0.set(UInt32(64), at: 80) }, "64 entries")
    assertRefused(header(1) { $0.set(UInt32(0x20000), at: 8) }, "version")
    assertRefused(header(1) { $0.set(UInt64(40), at: 72) }, "unusual place")
  }

  func testDamagedTables() {
    for sector in [1, 4095] {
      assertRefused(changed { $0[sector * 512 + 40] ^= 1 }, "checksum in the header", damaged: true)
      for offset in [56, 24, 32, 40] {
        assertRefused(header(sector) { $0[offset] ^= 1 }, "partition table", damaged: true)
      }
    }
    assertRefused(changed { $0[2 * 512 + 300] ^= 1 }, "entries of its primary", damaged: true)
    assertRefused(changed { $0[(4095 - 32) * 512 + 300] ^= 1 }, "entries of its backup", damaged: true)
    assertRefused(changed { $0[4095 * 512] = 0 }, "no header of its backup", damaged: true)
    assertRefused(Array(MacDisk.make().dropLast(512)), "ends before", damaged: true)
    assertRefused(header(1) { $0.set(UInt64.max, at: 32) }, "ends before", damaged: true)
    assertRefused(header(1) { $0.set(UInt64.max, at: 48) }, "space of partitions", damaged: true)
    assertRefused(header(1) { $0.set(UInt64(3), at: 40) }, "partition table", damaged: true)
    let apfs = PartitionType.apfs
    let recovery = PartitionType.apfsRecovery
    for ranges in [[64...3543, 3543...4055], [64...3543, 3544...4063], [20...3543, 3544...4055]]
      as [[ClosedRange<UInt64>]]
    {
      assertRefused(
        changed { MacDisk.write([(apfs, ranges[0]), (recovery, ranges[1])], to: &$0) }, "overlap", damaged: true)
    }
  }

  func testOtherLayouts() {
    let apfs = PartitionType.apfs
    let recovery = PartitionType.apfsRecovery
    let cases: [([([UInt8], ClosedRange<UInt64>)], String)] = [
      ([(apfs, 64...3543)], "no Recovery partition"),
      ([(apfs, 64...2999), (recovery, 3000...3100), (apfs, 3544...4055)], "behind its Recovery"),
      ([(apfs, 64...2999), (recovery, 3000...3100), (recovery, 3544...4055)], "2 Recovery partitions"),
      ([(recovery, 3544...4055)], "no container"),
      ([([UInt8](repeating: 7, count: 16), 64...3543), (recovery, 3544...4055)], "no container"),
    ]
    for (partitions, word) in cases { assertRefused(changed { MacDisk.write(partitions, to: &$0) }, word) }
  }

  /// Bytes from outside never end the program.
  func testNoiseInTheTable() {
    var random = Randomness(seed: 7)
    for _ in 0..<100 {
      var bytes = MacDisk.make()
      let sector = [0, 1, 2, 4095 - 32, 4095][Int(random.next() % 5)]
      for _ in 0..<(1 + random.next() % 8) {
        bytes[sector * 512 + Int(random.next() % 128)] = UInt8(truncatingIfNeeded: random.next())
      }
      for own in [1, 4095] where random.next() % 2 == 0 {
        var header = Array(bytes[own * 512..<(own + 1) * 512])
        header.set(IndependentReader.crc(bytes[(own == 1 ? 2 : 4063) * 512..<(own == 1 ? 34 : 4095) * 512]), at: 88)
        header.set(UInt32(0), at: 16)
        header.set(IndependentReader.crc(header[0..<92]), at: 16)
        MacDisk.put(header, &bytes, UInt64(own))
      }
      let disk = ModelDisk(bytes)
      _ = try? RecoveryMove(PartitionTable(readingFrom: disk), to: 6000 * 512)
      XCTAssertTrue(disk.changes.isEmpty)
    }
  }
}
