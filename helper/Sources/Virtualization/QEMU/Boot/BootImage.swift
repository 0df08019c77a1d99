import Foundation

/// The Linux/x86 boot image ("bzImage"), as the kernel's Documentation/arch/x86/boot.rst lays it out.
enum BootImage {
  /// The compressed kernel inside, its size field included; nil when this is no such image.
  static func payload(of bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    guard bytes.count > 0x250, bytes[0x202..<0x206].elementsEqual("HdrS".utf8) else { return nil }
    // The payload's place is told from protocol 2.08 on.
    guard bytes.loadUnaligned(fromByteOffset: 0x206, as: UInt16.self).littleEndian >= 0x208 else { return nil }
    let sectors = bytes[0x1F1] == 0 ? 4 : Int(bytes[0x1F1])
    let offset = Int(bytes.loadUnaligned(fromByteOffset: 0x248, as: UInt32.self).littleEndian)
    let length = Int(bytes.loadUnaligned(fromByteOffset: 0x24C, as: UInt32.self).littleEndian)
    let start = (sectors + 1) * 512 + offset
    guard length > 16, start + length <= bytes.count else { return nil }
    return UnsafeRawBufferPointer(rebasing: bytes[start..<start + length])
  }
}
