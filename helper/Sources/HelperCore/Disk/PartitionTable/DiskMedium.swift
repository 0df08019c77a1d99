/// What a partition table is read from and written to: a RAW disk image, or in tests a model of one that loses power.
/// Offsets and sizes are in bytes.
protocol DiskMedium: AnyObject {
  func size() throws -> UInt64
  /// Adds a hole at the end, or cuts off.
  func setSize(_ size: UInt64) throws
  /// All of `count` bytes, or an error.
  func read(at offset: UInt64, count: Int) throws -> [UInt8]
  func write(_ bytes: [UInt8], at offset: UInt64) throws
  /// What was written before survives a power cut, whatever becomes of what is written after.
  func synchronize() throws
  /// Gives the space of a range back, as far as that is possible. What it holds is of no use any more: zeros, or free.
  func makeHoles(in range: Range<UInt64>)
}

extension DiskMedium {
  func read(sector: UInt64, count: UInt64 = 1) throws -> [UInt8] {
    let size = PartitionTableHeader.sectorSize
    return try read(at: sector * UInt64(size), count: Int(count) * size)
  }

  func write(_ bytes: [UInt8], sector: UInt64) throws {
    try write(bytes, at: sector * UInt64(PartitionTableHeader.sectorSize))
  }
}
