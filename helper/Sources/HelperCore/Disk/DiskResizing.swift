import HelperProtocol
import Platform

/// Makes one disk image larger. The caller has its lock.
struct DiskResizing {
  let image: String
  /// Bytes of the disk when it is done.
  let size: UInt64
  /// Whether the caller has lost interest.
  let isCancelled: () -> Bool
  /// Called with the bytes copied and compared so far, and those there are.
  let onProgress: (_ completed: UInt64, _ total: UInt64) -> Void

  /// Adds space at the end and leaves all partitions where they are.
  func grow() throws -> BundleResizeDiskResult {
    try DiskImageSize.grow(image, to: size)
    guard let layout = try? RecoveryLayout(PartitionTable(readingFrom: RawDiskFile(image))) else {
      return BundleResizeDiskResult(size: size, notes: [])
    }
    guard layout.leavesSpace(on: size) else { return BundleResizeDiskResult(size: size, recovery: .atEnd, notes: []) }
    return BundleResizeDiskResult(
      size: size, recovery: .inTheWay,
      notes: [
        "The Recovery partition lies between the system and the new space, so that the guest cannot use it: diskutil refuses "
          + "with error -69519. Resize the disk with relocateRecovery, before or after the guest has run."
      ])
  }

  /// Adds space before the Recovery partition, which goes to the new end.
  func relocateRecovery() throws -> BundleResizeDiskResult {
    if AppleSparseImage.isPresent(at: image) { throw refusal("is in Apple's sparse image format (ASIF)") }
    do {
      let disk = try RawDiskFile(image)
      _ = try DiskImageSize.needsGrowth(image, from: disk.size(), to: size)
      let move = try RecoveryMove(PartitionTable(readingFrom: disk), to: size)
      try RecoveryMoveRun(medium: disk, checkpoint: checkpoint, onProgress: onProgress).run(move)
      return try result(RecoveryLayout(PartitionTable(readingFrom: disk)), moved: move.moves)
    } catch let error as PartitionTableError {
      throw wireError(error)
    }
  }

  private func result(_ layout: RecoveryLayout, moved: Bool) throws -> BundleResizeDiskResult {
    guard moved else { return BundleResizeDiskResult(size: size, recovery: .atEnd, notes: []) }
    return BundleResizeDiskResult(
      size: size, recovery: .moved,
      notes: [
        "The new space lies behind the system. To add it, run \"diskutil apfs resizeContainer \(layout.systemName) 0\" in "
          + "the guest."
      ])
  }

  private func checkpoint() throws {
    if isCancelled() { throw WireError.requestCancelled }
  }

  private func wireError(_ error: PartitionTableError) -> WireError {
    switch error {
    case .unsupported(let reason): return refusal(reason)
    case .damaged(let reason):
      return WireError(
        .invalidDiskImage,
        "The Recovery partition of \(image) cannot be moved: the disk \(reason). Nothing was repaired. Start the guest in "
          + "macOS Recovery and repair the disk with Disk Utility.")
    case .tooSmall(let minimum):
      return WireError.invalidParams(
        "params.size",
        "is \(size) bytes, which leaves the Recovery partition of \(image) no room behind its old place. Choose at least "
          + "\(minimum); the image takes space only as the guest writes.")
    }
  }

  private func refusal(_ reason: String) -> WireError {
    WireError(
      .notSupported,
      "The Recovery partition of \(image) cannot be moved: the disk \(reason). Resize it without relocateRecovery, and let "
        + "the guest arrange its partitions.")
  }
}
