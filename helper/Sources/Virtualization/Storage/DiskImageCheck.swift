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
    try refuseContainerFormats()
    guard size % Self.sectorSize == 0 else {
      throw file.problem("has \(size) bytes, which is not a multiple of \(Self.sectorSize).")
    }
  }

  /// A container taken for a raw image would give the guest a disk full of the container's own book-keeping.
  private func refuseContainerFormats() throws {
    let start = try firstBytes()
    for (name, magic) in Self.containers where start.starts(with: magic) {
      throw file.problem(
        "is in the \(name) format; only raw images can be attached here.",
        suggestion: "Convert it, for example with: qemu-img convert -O raw SOURCE TARGET")
    }
  }

  private static let containers: [(name: String, magic: [UInt8])] = [
    ("ASIF", Array("shdw".utf8)), ("VMDK", Array("KDMV".utf8)), ("VHDX", Array("vhdxfile".utf8)),
    ("QCOW2", Array("QFI".utf8) + [0xfb]),
  ]

  private func firstBytes() throws -> Data {
    let descriptor = open(try file.path(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw file.problem(errno, "cannot be opened") }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 8)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    guard count >= 0 else { throw file.problem(errno, "cannot be read") }
    return Data(bytes[..<count])
  }
}
