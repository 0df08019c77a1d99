import Foundation

/// The little of ELF that tells whether QEMU can enter a kernel directly, and makes it load quickly.
enum ELFImage {
  private static let loadedSegment: UInt32 = 1
  private static let noteSegment: UInt32 = 4
  /// XEN_ELFNOTE_PHYS32_ENTRY: where to enter in 32-bit mode.
  private static let entryNote: UInt32 = 18
  /// Where a segment's header says how much of it is in the file.
  private static let contentSizeOffset = 32
  private static let pageSize = 4096

  static func isELF(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count > 64 && bytes[0..<4].elementsEqual([0x7F, 0x45, 0x4C, 0x46])
  }

  static func hasDirectEntry(_ bytes: UnsafeRawBufferPointer) -> Bool {
    segments(of: bytes)?.contains { segment in
      guard segment.kind == noteSegment, let content = segment.content else { return false }
      return containsEntry(UnsafeRawBufferPointer(rebasing: bytes[content]))
    } ?? false
  }

  /// Makes what is loaded end with its last page that is not all zeros: the rest of a segment is zeros by definition.
  /// A quarter of a usual kernel need then not be copied at each start and each reboot.
  static func trimZeros(_ bytes: UnsafeMutableRawBufferPointer) {
    let image = UnsafeRawBufferPointer(bytes)
    for segment in segments(of: image) ?? [] where segment.kind == loadedSegment {
      guard var content = segment.content else { continue }
      while content.count >= pageSize, image[content.upperBound - pageSize..<content.upperBound].allSatisfy({ $0 == 0 })
      {
        content = content.lowerBound..<content.upperBound - pageSize
      }
      bytes.storeBytes(of: UInt64(content.count), toByteOffset: segment.header + contentSizeOffset, as: UInt64.self)
    }
  }

  private struct Segment {
    /// The place of its header.
    var header: Int
    var kind: UInt32
    /// What the file has of it; nil when that is not wholly inside.
    var content: Range<Int>?
  }

  /// Nil for what is no image of 64 bits, little-endian, or not whole.
  private static func segments(of bytes: UnsafeRawBufferPointer) -> [Segment]? {
    guard isELF(bytes), bytes[4] == 2, bytes[5] == 1 else { return nil }
    let table = bytes.loadUnaligned(fromByteOffset: 32, as: UInt64.self)
    let size = UInt64(bytes.loadUnaligned(fromByteOffset: 54, as: UInt16.self))
    let count = UInt64(bytes.loadUnaligned(fromByteOffset: 56, as: UInt16.self))
    guard size >= 56 else { return nil }
    var segments: [Segment] = []
    for index in 0..<count {
      let (place, overflow) = table.addingReportingOverflow(index * size)
      guard !overflow, let header = Range(place, 56, in: bytes)?.lowerBound else { return nil }
      let start = bytes.loadUnaligned(fromByteOffset: header + 8, as: UInt64.self)
      let length = bytes.loadUnaligned(fromByteOffset: header + contentSizeOffset, as: UInt64.self)
      let kind = bytes.loadUnaligned(fromByteOffset: header, as: UInt32.self)
      segments.append(Segment(header: header, kind: kind, content: Range(start, length, in: bytes)))
    }
    return segments
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
