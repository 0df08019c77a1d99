import Foundation
import HelperProtocol
import Platform

/// The size of a disk image as the guest sees it, in either format.
enum DiskImageSize {
  /// Bytes; nil when there is no such file, or nothing here can tell.
  static func inGuest(of image: String, _ diskUtility: DiskUtility = DiskUtility()) -> UInt64? {
    guard AppleSparseImage.isPresent(at: image) else { return FileAllocation.size(of: image) }
    return diskUtility.problem == nil ? try? diskUtility.size(of: image) : nil
  }

  /// Makes an image larger. The caller has its lock.
  ///
  /// - Throws: `WireError` or `SystemError`; then the image is as it was.
  static func grow(_ image: String, to size: UInt64, _ diskUtility: DiskUtility = DiskUtility()) throws {
    if AppleSparseImage.isPresent(at: image) {
      return try growSparse(Folder.realPath(of: image) ?? image, to: size, diskUtility)
    }
    let disk = try RawDiskFile(image)
    guard try needsGrowth(image, from: disk.size(), to: size) else { return }
    try disk.setSize(size)
    try disk.synchronize()
  }

  private static func growSparse(_ image: String, to size: UInt64, _ diskUtility: DiskUtility) throws {
    if let problem = diskUtility.problem { throw WireError(.notSupported, "\(image) cannot be extended. \(problem)") }
    guard try needsGrowth(image, from: diskUtility.size(of: image), to: size) else { return }
    try diskUtility.resize(image, to: size)
    try SmallFile.synchronize(image)
  }

  /// - Returns: whether an image is smaller than it is to be.
  /// - Throws: `WireError` of kind `invalidParams` when it is larger.
  static func needsGrowth(_ image: String, from present: UInt64, to size: UInt64) throws -> Bool {
    guard size >= present else {
      throw WireError.invalidParams(
        "params.size",
        "is \(size) bytes, but \(image) has \(present). A disk is never made smaller: that would cut off what the guest "
          + "has stored at its end. Make a new bundle with a smaller disk and copy the files inside the guest.")
    }
    return size > present
  }
}
