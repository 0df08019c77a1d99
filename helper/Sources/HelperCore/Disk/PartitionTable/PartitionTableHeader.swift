/// The header of one copy of a GUID partition table (UEFI Specification, 5.3.2). It fills one sector.
struct PartitionTableHeader: Equatable {
  /// Bytes of a sector, the unit of all places in a table.
  static let sectorSize = 512
  private static let signature = Array("EFI PART".utf8)
  private static let revision: UInt32 = 0x0001_0000
  private static let size: UInt32 = 92

  var ownSector: UInt64
  /// Where the header of the other copy is.
  var otherSector: UInt64
  /// The sectors that partitions may have.
  var firstUsableSector: UInt64
  var lastUsableSector: UInt64
  var diskGUID: [UInt8]
  var entriesSector: UInt64
  var entriesChecksum: UInt32

  static func isPresent(in sector: [UInt8]) -> Bool { sector.starts(with: signature) }

  /// - Parameter name: what the copy is called in errors.
  /// - Throws: `PartitionTableError`.
  init(_ sector: [UInt8], name: String) throws {
    guard Self.isPresent(in: sector) else { throw PartitionTableError.damaged("has no header of its \(name)") }
    guard sector.number(at: 8) == Self.revision, sector.number(at: 12) == Self.size else {
      throw PartitionTableError.unsupported("has a header of another version in its \(name)")
    }
    guard sector.number(at: 16) == Self.checksum(of: sector) else {
      throw PartitionTableError.damaged("has a wrong checksum in the header of its \(name)")
    }
    guard sector.number(at: 80) == UInt32(PartitionEntries.count), sector.number(at: 84) == UInt32(PartitionEntry.size)
    else {
      throw PartitionTableError.unsupported(
        "has \(sector.number(at: 80, as: UInt32.self)) entries of \(sector.number(at: 84, as: UInt32.self)) bytes in its "
          + "\(name), not \(PartitionEntries.count) of \(PartitionEntry.size)")
    }
    ownSector = sector.number(at: 24)
    otherSector = sector.number(at: 32)
    firstUsableSector = sector.number(at: 40)
    lastUsableSector = sector.number(at: 48)
    diskGUID = Array(sector[56..<72])
    entriesSector = sector.number(at: 72)
    entriesChecksum = sector.number(at: 88)
  }

  /// The sector that holds the header.
  var sector: [UInt8] {
    var bytes = Self.signature + [UInt8](repeating: 0, count: Self.sectorSize - Self.signature.count)
    bytes.set(Self.revision, at: 8)
    bytes.set(Self.size, at: 12)
    bytes.set(ownSector, at: 24)
    bytes.set(otherSector, at: 32)
    bytes.set(firstUsableSector, at: 40)
    bytes.set(lastUsableSector, at: 48)
    bytes.replaceSubrange(56..<72, with: diskGUID)
    bytes.set(entriesSector, at: 72)
    bytes.set(UInt32(PartitionEntries.count), at: 80)
    bytes.set(UInt32(PartitionEntry.size), at: 84)
    bytes.set(entriesChecksum, at: 88)
    bytes.set(Self.checksum(of: bytes), at: 16)
    return bytes
  }

  /// Computed over the header with zeros in place of the checksum.
  private static func checksum(of sector: [UInt8]) -> UInt32 {
    var header = Array(sector.prefix(Int(size)))
    header.set(UInt32(0), at: 16)
    return CRC32.checksum(header)
  }
}
