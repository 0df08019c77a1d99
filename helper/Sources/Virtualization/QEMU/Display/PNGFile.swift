import CVirtualization
import Foundation

extension DisplayImage {
  /// The picture as a PNG file of eight bits a channel.
  ///
  /// - Throws: `VZError.notSupported` when this system has no zlib.
  package func png() throws -> [UInt8] {
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    let eightBitsOfRGB: [UInt8] = [8, 2, 0, 0, 0]
    Self.append("IHDR", Self.bytes(width) + Self.bytes(height) + eightBitsOfRGB, to: &file)
    Self.append("IDAT", try Self.compress(rows()), to: &file)
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

  private static func compress(_ bytes: [UInt8]) throws -> [UInt8] {
    let room = vz_deflate_bound(bytes.count)
    var reason: UnsafePointer<CChar>?
    let result = [UInt8](unsafeUninitializedCapacity: room) { output, count in
      count = max(vz_deflate(bytes, bytes.count, output.baseAddress, room, &reason), 0)
    }
    guard reason == nil else {
      let words = reason.map { String(cString: $0) } ?? ""
      throw VZError(.notSupported, reason: "The picture of the display cannot be written: \(words).")
    }
    return result
  }

  private static func append(_ name: String, _ content: [UInt8], to file: inout [UInt8]) {
    let start = file.count + 4
    file += bytes(content.count) + Array(name.utf8)
    file += content
    let checksum = file[start...].withUnsafeBytes { vz_crc32(0, $0.baseAddress, $0.count) }
    file += bytes(Int(checksum))
  }

  private static func bytes(_ number: Int) -> [UInt8] {
    withUnsafeBytes(of: UInt32(number).bigEndian) { Array($0) }
  }
}
