/// One partition of a table.
struct PartitionEntry: Equatable {
  /// Bytes of an entry.
  static let size = 128

  /// Its place in the table, from 0; the guest's `disk0s2` has 1.
  let index: Int
  let type: [UInt8]
  let firstSector: UInt64
  let lastSector: UInt64
}

/// The entries of one copy of a table. What is not understood in them is kept as it is.
struct PartitionEntries: Equatable {
  static let count = 128
  /// Sectors that all of them take.
  static let sectorCount = UInt64(count * PartitionEntry.size / PartitionTableHeader.sectorSize)

  private(set) var bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var checksum: UInt32 { CRC32.checksum(bytes) }

  /// Those in use, by their place on the disk.
  var used: [PartitionEntry] {
    (0..<Self.count).map(entry).filter { $0.type != PartitionType.unused }.sorted { $0.firstSector < $1.firstSector }
  }

  /// The same with one partition elsewhere.
  func moving(_ entry: PartitionEntry, by sectors: UInt64) -> PartitionEntries {
    var moved = self
    let offset = entry.index * PartitionEntry.size
    moved.bytes.set(entry.firstSector + sectors, at: offset + 32)
    moved.bytes.set(entry.lastSector + sectors, at: offset + 40)
    return moved
  }

  /// Whether another copy differs in nothing but the place of partitions of one type.
  func isSame(as other: PartitionEntries, apartFromPlaceOf type: [UInt8]) -> Bool {
    var (mine, theirs) = (self, other)
    for entry in used where entry.type == type {
      let counterpart = other.entry(entry.index)
      guard entry.lastSector - entry.firstSector == counterpart.lastSector &- counterpart.firstSector else {
        return false
      }
      for offset in [32, 40] {
        mine.bytes.set(UInt64(0), at: entry.index * PartitionEntry.size + offset)
        theirs.bytes.set(UInt64(0), at: entry.index * PartitionEntry.size + offset)
      }
    }
    return mine == theirs
  }

  private func entry(_ index: Int) -> PartitionEntry {
    let offset = index * PartitionEntry.size
    return PartitionEntry(
      index: index, type: Array(bytes[offset..<offset + 16]), firstSector: bytes.number(at: offset + 32),
      lastSector: bytes.number(at: offset + 40))
  }
}
