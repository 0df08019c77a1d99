/// The plan of moving the Recovery partition of a virtual Mac's disk to the end of a larger disk, behind which it no longer
/// keeps the system's partition from growing.
///
/// Each step but the copying changes one sector, or sectors that nobody reads; the disk is synchronized between them. So
/// after a kill or a power cut at any moment both copies of the partition table are valid by their checksums, and what they
/// name is there: the Recovery partition is at its old place until all of it is at the new one. The same plan made anew
/// from what is found then finishes the move.
struct RecoveryMove {
  enum Step: Equatable {
    case resize(UInt64)
    /// Copies so many bytes and compares them.
    case copy(from: UInt64, to: UInt64, count: UInt64)
    case write([UInt8], sector: UInt64)
    /// From this write on a copy of the table names the new place.
    case commit([UInt8], sector: UInt64)
    case synchronize
    /// Bytes that belong to nothing any more.
    case free(Range<UInt64>)
  }

  /// Partitions keep their place within so many sectors, 4 KiB, a block of the Apple File System.
  private static let alignment: UInt64 = 8
  private static let sectorSize = UInt64(PartitionTableHeader.sectorSize)

  private(set) var steps: [Step] = []
  private var table: PartitionTable
  private let layout: RecoveryLayout
  private let lastSector: UInt64

  /// Whether the partition moves, rather than being at the end already.
  var moves: Bool { distance > 0 }
  private let distance: UInt64

  /// - Parameters:
  ///   - table: what is on the disk.
  ///   - size: bytes of the disk when all is done, a multiple of 512 and not less than now.
  /// - Throws: `PartitionTableError`.
  init(_ table: PartitionTable, to size: UInt64) throws {
    self.table = table
    layout = try RecoveryLayout(table)
    lastSector = size / Self.sectorSize - 1
    let lastUsable = lastSector - PartitionTable.backupSectorCount
    let room = lastUsable > layout.recovery.lastSector ? lastUsable - layout.recovery.lastSector : 0
    distance = room / Self.alignment * Self.alignment
    try requireRoom()
    finishPrimary()
    if moves { move(lastUsable, size) }
    coverDisk()
  }

  private var isInPlace: Bool { table.primary.otherSector == lastSector }

  /// Neither the partition nor the backup of the table, whose data others rely on meanwhile, may be written over.
  private func requireRoom() throws {
    let kept = isInPlace ? layout.recovery.lastSector : table.primary.otherSector
    if isInPlace && !moves || layout.recovery.firstSector + distance > kept { return }
    let needed = table.primary.otherSector + 1 - layout.recovery.firstSector
    let leastDistance = (needed + Self.alignment - 1) / Self.alignment * Self.alignment
    let sectorCount = layout.recovery.lastSector + leastDistance + PartitionTable.backupSectorCount + 1
    throw PartitionTableError.tooSmall(minimum: sectorCount * Self.sectorSize)
  }

  /// An interrupted move has left the primary header with the entries of the backup.
  private mutating func finishPrimary() {
    guard table.primary.entriesSector != PartitionTable.primaryEntriesSector else { return }
    write(table.entries.bytes, sector: PartitionTable.primaryEntriesSector)
    table.primary.entriesSector = PartitionTable.primaryEntriesSector
    write(table.primary.sector, sector: table.primary.ownSector)
  }

  private mutating func move(_ lastUsable: UInt64, _ size: UInt64) {
    steps += [.resize(size), .synchronize]
    // The backup of an interrupted move names a copy that is about to be made again.
    if isInPlace && table.entries != table.backupEntries { shareEntries() }
    let from = layout.recovery.firstSector
    steps.append(
      .copy(
        from: from * Self.sectorSize, to: (from + distance) * Self.sectorSize,
        count: (layout.recovery.lastSector - from + 1) * Self.sectorSize))
    steps.append(.synchronize)
    if isInPlace { shareEntries() }
    let oldEnd = isInPlace ? layout.recovery.lastSector : table.primary.otherSector
    table.entries = table.entries.moving(layout.recovery, by: distance)
    writeBackup(lastUsable)
    writePrimary()
    steps.append(.free(from * Self.sectorSize..<(oldEnd + 1) * Self.sectorSize))
  }

  /// Leads the backup, where it stays in its place, to the primary's entries, so that its own can be written anew.
  private mutating func shareEntries() {
    var header = table.backup
    header.entriesSector = PartitionTable.primaryEntriesSector
    header.entriesChecksum = table.entries.checksum
    write(header.sector, sector: lastSector)
    (table.backup, table.backupEntries) = (header, table.entries)
  }

  private mutating func writeBackup(_ lastUsable: UInt64) {
    table.backup.ownSector = lastSector
    table.backup.lastUsableSector = lastUsable
    table.backup.entriesSector = PartitionTable.backupEntriesSector(before: lastSector)
    table.backup.entriesChecksum = table.entries.checksum
    write(table.entries.bytes, sector: table.backup.entriesSector)
    steps += [.commit(table.backup.sector, sector: lastSector), .synchronize]
  }

  /// The primary header gets the backup's entries first, so that its own can be written anew.
  private mutating func writePrimary() {
    table.primary.otherSector = lastSector
    table.primary.lastUsableSector = table.backup.lastUsableSector
    table.primary.entriesSector = table.backup.entriesSector
    table.primary.entriesChecksum = table.entries.checksum
    write(table.primary.sector, sector: table.primary.ownSector)
    finishPrimary()
  }

  private mutating func coverDisk() {
    let record = table.record.covering(lastSector + 1)
    if record != table.record { write(record.sector, sector: 0) }
  }

  private mutating func write(_ bytes: [UInt8], sector: UInt64) {
    steps += [.write(bytes, sector: sector), .synchronize]
  }
}
