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
    try refuseOtherFormats(size: size)
    guard size % Self.sectorSize == 0 else {
      throw file.problem("has \(size) bytes, which is not a multiple of \(Self.sectorSize).")
    }
  }

  /// Anything else taken for a raw image would give the guest a disk full of the format's own book-keeping.
  private func refuseOtherFormats(size: off_t) throws {
    let descriptor = open(try file.path(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw file.problem(errno, "cannot be opened") }
    defer { close(descriptor) }
    guard let format = try DiskImageFormat.allCases.first(where: { try isIn($0, descriptor, size) }) else { return }
    throw file.problem(
      "is in the \(format.name) format; only raw images can be attached here.", suggestion: format.advice)
  }

  private func isIn(_ format: DiskImageFormat, _ descriptor: Int32, _ size: off_t) throws -> Bool {
    for mark in format.marks {
      let offset = mark.offset < 0 ? size + mark.offset : mark.offset
      guard offset >= 0 else { continue }
      var bytes = [UInt8](repeating: 0, count: mark.bytes.count)
      let count = pread(descriptor, &bytes, bytes.count, offset)
      guard count >= 0 else { throw file.problem(errno, "cannot be read") }
      if bytes == mark.bytes { return true }
    }
    return false
  }
}
