import Foundation

/// The little of ELF that tells whether QEMU can enter a kernel directly.
enum ELFImage {
  private static let noteSegment: UInt32 = 4
  /// XEN_ELFNOTE_PHYS32_ENTRY: where to enter in 32-bit mode.
  private static let entryNote: UInt32 = 18

  static func isELF(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count > 64 && bytes[0..<4].elementsEqual([0x7F, 0x45, 0x4C, 0x46])
  }

  static func hasDirectEntry(_ bytes: UnsafeRawBufferPointer) -> Bool {
    // 64 bits, little-endian.
    guard isELF(bytes), bytes[4] == 2, bytes[5] == 1 else { return false }
    let table = bytes.loadUnaligned(fromByteOffset: 32, as: UInt64.self)
    let size = UInt64(bytes.loadUnaligned(fromByteOffset: 54, as: UInt16.self))
    let count = UInt64(bytes.loadUnaligned(fromByteOffset: 56, as: UInt16.self))
    guard size >= 56 else { return false }
    for index in 0..<count {
      let (place, overflow) = table.addingReportingOverflow(index * size)
      guard !overflow, let header = Range(place, 56, in: bytes) else { return false }
      guard bytes.loadUnaligned(fromByteOffset: header.lowerBound, as: UInt32.self) == noteSegment else { continue }
      let start = bytes.loadUnaligned(fromByteOffset: header.lowerBound + 8, as: UInt64.self)
      let length = bytes.loadUnaligned(fromByteOffset: header.lowerBound + 32, as: UInt64.self)
      guard let notes = Range(start, length, in: bytes) else { return false }
      if containsEntry(UnsafeRawBufferPointer(rebasing: bytes[notes])) { return true }
    }
    return false
  }

  private static func containsEntry(_ notes: UnsafeRawBufferPointer) -> Bool {
    var position = 0
    while position + 12 <= notes.count {
      let nameSize = Int(notes.loadUnaligned(fromByteOffset: position, as: UInt32.self))
      let contentSize = Int(notes.loadUnaligned(fromByteOffset: position + 4, as: UInt32.self))
      let kind = notes.loadUnaligned(fromByteOffset: position + 8, as: UInt32.self)
      let name = position + 12
      guard nameSize <= notes.count - name else { return false }
      if kind == entryNote, notes[name..<name + nameSize].elementsEqual("Xen\0".utf8) { return true }
      position = name + padded(nameSize) + padded(contentSize)
    }
    return false
  }

  private static func padded(_ size: Int) -> Int { (size + 3) & ~3 }
}

extension Range where Bound == Int {
  /// A part of the bytes given by untrusted numbers; nil when it is not wholly inside.
  fileprivate init?(_ start: UInt64, _ length: UInt64, in bytes: UnsafeRawBufferPointer) {
    let (end, overflow) = start.addingReportingOverflow(length)
    guard !overflow, end <= UInt64(bytes.count) else { return nil }
    self = Int(start)..<Int(end)
  }
}
