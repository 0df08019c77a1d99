/// Why a partition table is left alone, as the rest of a sentence that begins with the disk image.
enum PartitionTableError: Error, Equatable {
  /// The table is not one whose parts are all known.
  case unsupported(String)
  /// The table contradicts itself or its checksums.
  case damaged(String)
  /// The Recovery partition has no room behind its old place; bytes of the smallest disk that has it.
  case tooSmall(minimum: UInt64)
}
