/// The first sector of a disk with a GUID partition table: it keeps programs that only know older tables away.
struct ProtectiveMBR: Equatable {
  private static let entriesOffset = 446
  private static let entrySize = 16
  private static let protective: UInt8 = 0xEE
  private static let sizeOffset = entriesOffset + 12

  private(set) var sector: [UInt8]

  /// - Throws: `PartitionTableError`.
  init(_ sector: [UInt8]) throws {
    let types = (0..<4).map { sector[Self.entriesOffset + $0 * Self.entrySize + 4] }
    guard sector[510] == 0x55, sector[511] == 0xAA, types.contains(Self.protective) else {
      throw PartitionTableError.unsupported("has no protective master boot record before its GUID partition table")
    }
    guard types == [Self.protective, 0, 0, 0], sector.number(at: Self.entriesOffset + 8) == UInt32(1) else {
      throw PartitionTableError.unsupported("has partitions in its master boot record too (a hybrid one)")
    }
    self.sector = sector
  }

  /// The same for a disk of so many sectors. A record that claims all that it can say stays as it is.
  func covering(_ sectorCount: UInt64) -> ProtectiveMBR {
    guard sector.number(at: Self.sizeOffset) != UInt32.max else { return self }
    var new = self
    new.sector.set(UInt32(clamping: sectorCount - 1), at: Self.sizeOffset)
    return new
  }
}
