/// A GUID partition table with both of its copies, read from a disk and checked. What is not as it should be is refused,
/// never repaired.
///
/// The copies agree, apart from what an interrupted `RecoveryMove` leaves: a copy may have its entries in the other's place,
/// and the backup may have the Recovery partition elsewhere already.
struct PartitionTable: Equatable {
  /// Where a primary copy's entries belong.
  static let primaryEntriesSector: UInt64 = 2
  /// Sectors at the end of a disk that the backup copy takes.
  static let backupSectorCount = PartitionEntries.sectorCount + 1
  private static let primaryName = "primary partition table"
  private static let backupName = "backup partition table"

  var record: ProtectiveMBR
  var primary: PartitionTableHeader
  var backup: PartitionTableHeader
  var entries: PartitionEntries
  var backupEntries: PartitionEntries

  /// - Throws: `PartitionTableError` or what the medium throws.
  init(readingFrom medium: some DiskMedium) throws {
    let sectorCount = try medium.size() / UInt64(PartitionTableHeader.sectorSize)
    let first = Self.primaryEntriesSector + PartitionEntries.sectorCount
    guard sectorCount > first + Self.backupSectorCount,
      case let header = try medium.read(sector: 1), PartitionTableHeader.isPresent(in: header)
    else {
      throw PartitionTableError.unsupported(
        "has no GUID partition table with sectors of \(PartitionTableHeader.sectorSize) bytes (it is empty or not a RAW image)"
      )
    }
    record = try ProtectiveMBR(medium.read(sector: 0))
    primary = try PartitionTableHeader(header, name: Self.primaryName)
    guard primary.otherSector < sectorCount, primary.otherSector > first + Self.backupSectorCount else {
      throw PartitionTableError.damaged("ends before the backup of its partition table")
    }
    backup = try PartitionTableHeader(medium.read(sector: primary.otherSector), name: Self.backupName)
    try Self.requireAgreement(primary, backup)
    entries = try Self.readEntries(of: primary, medium, Self.primaryName)
    backupEntries = try Self.readEntries(of: backup, medium, Self.backupName)
    try Self.check(entries, primary)
    try Self.check(backupEntries, backup)
    guard entries.isSame(as: backupEntries, apartFromPlaceOf: PartitionType.apfsRecovery) else {
      throw PartitionTableError.damaged("has different partitions in the two copies of its partition table")
    }
  }

  /// Where the backup copy's entries belong on a disk whose last sector is `sector`.
  static func backupEntriesSector(before sector: UInt64) -> UInt64 { sector - PartitionEntries.sectorCount }

  private static func requireAgreement(_ primary: PartitionTableHeader, _ backup: PartitionTableHeader) throws {
    guard primary.ownSector == 1, backup.ownSector == primary.otherSector, backup.otherSector == 1,
      backup.diskGUID == primary.diskGUID, backup.firstUsableSector == primary.firstUsableSector
    else { throw PartitionTableError.damaged("has two copies of its partition table that do not belong together") }
    let places = [primaryEntriesSector, backupEntriesSector(before: backup.ownSector)]
    // Both in the other's place would be nobody's.
    guard places.contains(primary.entriesSector), places.contains(backup.entriesSector),
      primary.entriesSector <= backup.entriesSector
    else { throw PartitionTableError.unsupported("has the entries of its partition table in an unusual place") }
  }

  private static func readEntries(
    of header: PartitionTableHeader, _ medium: some DiskMedium, _ name: String
  ) throws -> PartitionEntries {
    let entries = PartitionEntries(
      try medium.read(sector: header.entriesSector, count: PartitionEntries.sectorCount))
    guard entries.checksum == header.entriesChecksum else {
      throw PartitionTableError.damaged("has a wrong checksum in the entries of its \(name)")
    }
    return entries
  }

  /// Each partition is where partitions may be, and by itself.
  private static func check(_ entries: PartitionEntries, _ header: PartitionTableHeader) throws {
    let end = max(header.ownSector, header.otherSector)
    guard header.firstUsableSector >= primaryEntriesSector + PartitionEntries.sectorCount,
      header.lastUsableSector <= end - backupSectorCount, header.firstUsableSector <= header.lastUsableSector
    else { throw PartitionTableError.damaged("has a partition table that lies in the space of partitions") }
    var next = header.firstUsableSector
    for entry in entries.used {
      guard entry.firstSector >= next, entry.lastSector >= entry.firstSector,
        entry.lastSector <= header.lastUsableSector
      else { throw PartitionTableError.damaged("has partitions that overlap or lie outside of the disk") }
      next = entry.lastSector + 1
    }
  }
}
