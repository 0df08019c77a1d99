/// The partitions of a virtual Mac's disk as its installer lays them out: the one of the boot loader, the system's container
/// and, behind it as the last of all, macOS Recovery.
struct RecoveryLayout {
  /// Free space that is too small to matter: what is left where partitions begin at blocks of 4 KiB.
  private static let slack: UInt64 = 8

  let recovery: PartitionEntry
  /// The container that lies before it.
  let system: PartitionEntry

  /// - Throws: `PartitionTableError` when the disk is laid out in another way.
  init(_ table: PartitionTable) throws {
    let partitions = table.entries.used
    let recoveries = partitions.filter { $0.type == PartitionType.apfsRecovery }
    guard let recovery = recoveries.first else {
      throw PartitionTableError.unsupported("has no Recovery partition (Apple_APFS_Recovery)")
    }
    guard recoveries.count == 1 else {
      throw PartitionTableError.unsupported("has \(recoveries.count) Recovery partitions, not one")
    }
    guard recovery == partitions.last else {
      throw PartitionTableError.unsupported("has another partition behind its Recovery partition")
    }
    guard let system = partitions.dropLast().last, system.type == PartitionType.apfs else {
      throw PartitionTableError.unsupported("has no container (Apple_APFS) before its Recovery partition")
    }
    (self.recovery, self.system) = (recovery, system)
  }

  /// Whether there is free space behind the Recovery partition on a disk of so many bytes, which the container before it
  /// cannot reach.
  func leavesSpace(on size: UInt64) -> Bool {
    let sectors = size / UInt64(PartitionTableHeader.sectorSize)
    return sectors > recovery.lastSector + PartitionTable.backupSectorCount + 1 + Self.slack
  }

  /// What the guest calls the container before it, on its first disk.
  var systemName: String { "disk0s\(system.index + 1)" }
}
