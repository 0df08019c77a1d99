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
    if AppleSparseImage.isPresent(at: image) { return try growSparse(image, to: size, diskUtility) }
    let descriptor = open(image, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { throw SystemError(errno, "open the disk image", path: image) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw SystemError(errno, "open the disk image", path: image) }
    guard try needsGrowth(image, from: UInt64(max(status.st_size, 0)), to: size) else { return }
    guard ftruncate(descriptor, off_t(size)) == 0 else {
      guard errno == EFBIG else { throw SystemError(errno, "extend the disk image", path: image) }
      throw WireError(
        .outOfDiskSpace,
        "A file of \(size) bytes is more than the file system of \(image) or a limit of this process allows. "
          + "Choose a smaller size.")
    }
    try FileAllocation.synchronize(descriptor, path: image)
  }

  private static func growSparse(_ image: String, to size: UInt64, _ diskUtility: DiskUtility) throws {
    if let problem = diskUtility.problem { throw WireError(.notSupported, "\(image) cannot be extended. \(problem)") }
    guard try needsGrowth(image, from: diskUtility.size(of: image), to: size) else { return }
    try diskUtility.resize(image, to: size)
    try SmallFile.synchronize(image)
  }

  private static func needsGrowth(_ image: String, from present: UInt64, to size: UInt64) throws -> Bool {
    guard size >= present else {
      throw WireError.invalidParams(
        "params.size",
        "is \(size) bytes, but \(image) has \(present). A disk is never made smaller: that would cut off what the guest "
          + "has stored at its end. Make a new bundle with a smaller disk and copy the files inside the guest.")
    }
    return size > present
  }
}
