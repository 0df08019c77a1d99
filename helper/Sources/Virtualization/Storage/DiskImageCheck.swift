import Foundation

/// The rules for a disk image file, checked when it is attached and again when its machine is made.
struct DiskImageCheck {
  private let file: HostFile
  private let access: HostFile.Access

  /// The unit in which disks are addressed.
  static let sectorSize: off_t = 512

  init(url: URL, readOnly: Bool) {
    file = HostFile(role: "disk image", url: url, code: .invalidDiskImage)
    access = readOnly ? .read : .readAndWrite
  }

  func run() throws {
    let size = try file.requireRegularFile(for: access).st_size
    guard size > 0 else { throw file.problem("is empty.") }
    guard size % Self.sectorSize == 0 else {
      throw file.problem("has \(size) bytes, which is not a multiple of \(Self.sectorSize).")
    }
  }
}
