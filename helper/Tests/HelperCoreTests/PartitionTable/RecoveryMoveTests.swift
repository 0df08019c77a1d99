import XCTest

@testable import HelperCore

final class RecoveryMoveTests: XCTestCase {
  private static let larger: UInt64 = 6000 * 512

  private func move(_ disk: ModelDisk, to size: UInt64 = larger, checkpoint: () throws -> Void = {}) throws -> Bool {
    let move = try RecoveryMove(PartitionTable(readingFrom: disk), to: size)
    try withoutActuallyEscaping(checkpoint) {
      try RecoveryMoveRun(medium: disk, checkpoint: $0, onProgress: { _, _ in }).run(move)
    }
    return move.moves
  }

  /// Both copies are valid and name what is there; the disk's end has one as soon as the primary names it.
  private func assertWorks(_ bytes: [UInt8], line: UInt = #line) {
    guard let primary = IndependentReader(bytes, at: 1), let backup = IndependentReader(bytes, at: primary.other) else {
      return XCTFail("a copy of the table is not valid", line: line)
    }
    XCTAssertEqual(backup.other, 1, line: line)
    MacDisk.check(primary, bytes, line: line)
    MacDisk.check(backup, bytes, line: line)
  }

  private func assertMoved(_ bytes: [UInt8], to size: UInt64 = larger, line: UInt = #line) throws {
    XCTAssertEqual(UInt64(bytes.count), size, line: line)
    assertWorks(bytes, line: line)
    let last = size / 512 - 1
    let primary = try XCTUnwrap(IndependentReader(bytes, at: 1), line: line)
    let backup = try XCTUnwrap(IndependentReader(bytes, at: last), line: line)
    XCTAssertEqual(primary.other, last, line: line)
    XCTAssertEqual([primary.entriesSector, backup.entriesSector], [2, last - 32], line: line)
    XCTAssertEqual(primary.partitions, backup.partitions, line: line)
    let recovery = try XCTUnwrap(primary.partitions.last, line: line)
    XCTAssertLessThan(last - 33 - recovery.upperBound, 8, line: line)
    XCTAssertEqual(recovery.lowerBound % 8, 0, line: line)
    XCTAssertEqual(bytes[458..<462].reversed().reduce(0) { $0 << 8 | UInt64($1) }, last, line: line)
  }

  func testMovesToTheEndAndFreesTheOldPlace() throws {
    let disk = ModelDisk(MacDisk.make())
    XCTAssertTrue(try move(disk))
    try assertMoved(disk.bytes)
    XCTAssertFalse(disk.bytes[3544 * 512..<4096 * 512].contains { $0 != 0 })
    let changes = disk.changes.count
    XCTAssertFalse(try move(disk))
    XCTAssertEqual(disk.changes.count, changes, "what is done is not done again")
  }

  func testOfADiskThatWasMadeLargerBefore() throws {
    let disk = ModelDisk(MacDisk.make(sectors: 6000))
    XCTAssertTrue(try move(disk))
    try assertMoved(disk.bytes)
  }

  /// The disk of a guest that has put the backup of its table to the new end itself.
  private func withBackupAtTheEnd() throws -> [UInt8] {
    let disk = ModelDisk(MacDisk.make())
    _ = try move(disk)
    let moved = disk.bytes
    var bytes = MacDisk.make(sectors: 6000)
    // The headers of the moved table with the entries of the old one.
    for (header, entriesSector) in [(1, 2), (5999, 5999 - 32)] as [(UInt64, UInt64)] {
      let entries = Array(bytes[2 * 512..<34 * 512])
      var sector = Array(moved[Int(header) * 512..<(Int(header) + 1) * 512])
      sector.set(IndependentReader.crc(entries[...]), at: 88)
      sector.set(UInt32(0), at: 16)
      sector.set(IndependentReader.crc(sector[0..<92]), at: 16)
      MacDisk.put(sector, &bytes, header)
      MacDisk.put(entries, &bytes, entriesSector)
    }
    MacDisk.put(Array(moved[0..<512]), &bytes, 0)
    assertWorks(bytes)
    return bytes
  }

  func testWithTheBackupAtTheEndAlready() throws {
    let disk = ModelDisk(try withBackupAtTheEnd())
    XCTAssertTrue(try move(disk))
    try assertMoved(disk.bytes)
  }

  func testKilledAtAnyChangeOrWithoutPower() throws {
    for first in [MacDisk.make(), MacDisk.make(sectors: 6000), try withBackupAtTheEnd()] {
      let whole = ModelDisk(first)
      _ = try move(whole)
      for count in 0...whole.changes.count {
        try sweep(first, whole.changes, count)
      }
    }
  }

  /// One kill and some power cuts at one moment; the same request then finishes.
  private func sweep(_ first: [UInt8], _ changes: [ModelDisk.Change], _ count: Int) throws {
    var random = Randomness(seed: UInt64(count))
    let none = ModelDisk.withoutPower(first, after: count, of: changes) { false }
    let some = (0..<2).map { _ in ModelDisk.withoutPower(first, after: count, of: changes) { random.next() % 2 == 0 } }
    for (number, bytes) in ([ModelDisk.killed(first, after: count, of: changes), none] + some).enumerated() {
      assertWorks(bytes)
      let disk = ModelDisk(bytes)
      _ = try move(disk)
      try assertMoved(disk.bytes)
      guard number == 0 else { continue }
      // Another size than the one that was interrupted.
      let other = ModelDisk(bytes)
      _ = try move(other, to: 8192 * 512)
      try assertMoved(other.bytes, to: 8192 * 512)
      // Interrupted twice.
      for again in stride(from: count % 11, to: disk.changes.count, by: 11) {
        let twice = ModelDisk(ModelDisk.killed(bytes, after: again, of: disk.changes))
        assertWorks(twice.bytes)
        _ = try move(twice)
        try assertMoved(twice.bytes)
      }
    }
  }

  func testFailureAtAnyChangeLeavesADiskThatWorks() throws {
    struct Broken: Error {}
    for first in [MacDisk.make(), MacDisk.make(sectors: 6000), try withBackupAtTheEnd()] {
      let whole = ModelDisk(first)
      _ = try move(whole)
      for number in whole.changes.indices {
        let disk = ModelDisk(first)
        var hasFailed = false
        disk.failure = {
          guard $0 == number, !hasFailed else { return }
          hasFailed = true
          throw Broken()
        }
        do {
          _ = try move(disk)
        } catch is Broken {
          assertWorks(disk.bytes)
        }
        _ = try move(disk)
        try assertMoved(disk.bytes)
      }
    }
  }

  func testCancelledGetsItsOldSizeBack() throws {
    struct Cancelled: Error {}
    for first in [MacDisk.make(), MacDisk.make(sectors: 6000)] {
      for count in 0..<2 {
        let disk = ModelDisk(first)
        var looks = 0
        XCTAssertThrowsError(
          try move(disk) {
            looks += 1
            if looks > count { throw Cancelled() }
          }
        ) { XCTAssertTrue($0 is Cancelled) }
        XCTAssertEqual(disk.bytes, first)
      }
    }
  }

  func testTheSmallestSizeIsNamedAndWorks() throws {
    for sectors in [4097, 4104, 4200, 4600] as [UInt64] {
      let disk = ModelDisk(MacDisk.make())
      var minimum: UInt64 = 0
      XCTAssertThrowsError(try move(disk, to: sectors * 512)) { error in
        guard case .tooSmall(let least)? = error as? PartitionTableError else { return XCTFail("\(error)") }
        minimum = least
      }
      XCTAssertTrue(disk.changes.isEmpty)
      XCTAssertThrowsError(try move(disk, to: minimum - 512))
      XCTAssertTrue(try move(disk, to: minimum))
      try assertMoved(disk.bytes, to: minimum)
    }
    XCTAssertFalse(try move(ModelDisk(MacDisk.make()), to: 4096 * 512))
  }

  func testCopiesNothingThatIsThere() throws {
    let disk = ModelDisk(MacDisk.make())
    _ = try move(disk)
    let written = disk.changes.reduce(0) { sum, change in
      if case .write(let bytes, _) = change { return sum + bytes.count }
      return sum
    }
    // Half of the partition is zeros, and the new place has zeros already.
    XCTAssertLessThan(written, Int(MacDisk.recoverySectors) * 512 * 3 / 4)
  }
}
