/// The types of partitions that matter on the disk of a virtual Mac, as the 16 bytes that stand in the table.
enum PartitionType {
  /// A container of the Apple File System: Apple_APFS, 7C3457EF-0000-11AA-AA11-00306543ECAC.
  static let apfs: [UInt8] = [0xEF, 0x57, 0x34, 0x7C, 0, 0] + appleTail
  /// The container of macOS Recovery: Apple_APFS_Recovery, 52637672-7900-11AA-AA11-00306543ECAC.
  static let apfsRecovery: [UInt8] = [0x72, 0x76, 0x63, 0x52, 0, 0x79] + appleTail
  static let unused = [UInt8](repeating: 0, count: 16)

  private static let appleTail: [UInt8] = [0xAA, 0x11, 0xAA, 0x11, 0x00, 0x30, 0x65, 0x43, 0xEC, 0xAC]
}
