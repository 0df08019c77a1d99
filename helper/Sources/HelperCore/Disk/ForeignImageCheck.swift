import Foundation
import HelperProtocol
import HostSystem
import Platform

/// Refuses disk images that are not raw. Neither Apple's framework nor QEMU as it is driven here looks for other formats:
/// the guest would get a disk full of the format's own book-keeping, and write over it.
struct ForeignImageCheck {
  let path: String
  /// The field that names the file.
  let field: String
  /// Whether Apple's own formats are left to the framework.
  var opensAppleImages = AppleDiskImages.areOpened

  /// - Throws: `WireError` of kind `invalidDiskImage` that names the format and what to do.
  func run() throws {
    guard let format = try find(), !(opensAppleImages && format.isApples) else { return }
    throw WireError(
      .invalidDiskImage,
      "The disk image \(path) is in the \(format.name) format; only raw images can be attached here. \(format.advice)",
      path: field)
  }

  /// The format of the file; nil for a raw image, and for what cannot be opened, which is refused in other words.
  private func find() throws -> ForeignImageFormat? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return try ForeignImageFormat.allCases.first { format in
      try format.marks.contains { try has($0, descriptor, size: status.st_size) }
    }
  }

  private func has(_ mark: ForeignImageFormat.Mark, _ descriptor: Int32, size: off_t) throws -> Bool {
    let offset = mark.offset < 0 ? size + mark.offset : mark.offset
    guard offset >= 0 else { return false }
    var bytes = [UInt8](repeating: 0, count: mark.bytes.count)
    guard pread(descriptor, &bytes, bytes.count, offset) >= 0 else { throw SystemError(errno, "read", path: path) }
    return bytes == mark.bytes
  }
}
