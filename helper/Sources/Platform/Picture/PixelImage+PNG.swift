import Foundation

extension PixelImage {
  /// The picture as a PNG file of eight bits a channel. Takes a while for a large one.
  ///
  /// - Throws: `SystemError` when this system has no zlib.
  package func png() throws -> [UInt8] {
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    let eightBitsOfRGB: [UInt8] = [8, 2, 0, 0, 0]
    Self.append("IHDR", Self.bytes(UInt32(width)) + Self.bytes(UInt32(height)) + eightBitsOfRGB, to: &file)
    Self.append("IDAT", try Zlib.compress(rows()), to: &file)
    Self.append("IEND", [], to: &file)
    return file
  }

  /// Each row begins with the number of its filter: none.
  private func rows() -> [UInt8] {
    let length = width * 3
    var rows: [UInt8] = []
    rows.reserveCapacity((length + 1) * height)
    for start in stride(from: pixels.startIndex, to: pixels.endIndex, by: length) {
      rows.append(0)
      rows += pixels[start..<start + length]
    }
    return rows
  }

  private static func append(_ name: String, _ content: [UInt8], to file: inout [UInt8]) {
    let start = file.count + 4
    file += bytes(UInt32(content.count)) + Array(name.utf8)
    file += content
    file += bytes(Zlib.checksum(file[start...]))
  }

  private static func bytes(_ number: UInt32) -> [UInt8] { withUnsafeBytes(of: number.bigEndian) { Array($0) } }
}
