import CVirtualization
import Foundation

/// What QEMU shows by itself on a display that the guest shows nothing on: a sentence of its own, white on black in the
/// middle. It is no picture of the guest, though it looks like one.
private struct Placeholder {
  /// Letters of the sentence.
  let length: Int
  /// Of its pixels, a bit each, row by row.
  let checksum: UInt32

  static let all = [
    // "Display output is not active."
    Placeholder(length: 29, checksum: 0x1DBE_692A),
    // "Guest has not initialized the display (yet)."
    Placeholder(length: 44, checksum: 0xA7FE_3E71),
  ]

  static let letterWidth = 8
  static let letterHeight = 16
}

extension DisplayImage {
  /// Whether the guest shows nothing here: one colour, or QEMU's own words for it.
  package var isBlank: Bool { isUniform || Placeholder.all.contains(where: isPlaceholder) }

  private func isPlaceholder(_ placeholder: Placeholder) -> Bool {
    guard width / Placeholder.letterWidth >= placeholder.length, height >= Placeholder.letterHeight else {
      return false
    }
    let column = (width / Placeholder.letterWidth - placeholder.length) / 2
    let row = (height / Placeholder.letterHeight - 1) / 2
    let columns = column * Placeholder.letterWidth..<(column + placeholder.length) * Placeholder.letterWidth
    let rows = row * Placeholder.letterHeight..<(row + 1) * Placeholder.letterHeight
    let bits = bits(rows: rows, columns: columns)
    // Nothing else is there; looked at last, since it takes longest.
    return vz_crc32(0, bits, bits.count) == placeholder.checksum && !hasInk(outside: rows, columns)
  }

  private func hasInk(outside rows: Range<Int>, _ columns: Range<Int>) -> Bool {
    (0..<height).contains { row in
      (0..<width).contains { column in
        hasInk(row, column) && !(rows.contains(row) && columns.contains(column))
      }
    }
  }

  private func hasInk(_ row: Int, _ column: Int) -> Bool {
    let start = pixels.startIndex + (row * width + column) * 3
    return pixels[start] | pixels[start + 1] | pixels[start + 2] != 0
  }

  private func bits(rows: Range<Int>, columns: Range<Int>) -> [UInt8] {
    rows.flatMap { row in
      stride(from: columns.lowerBound, to: columns.upperBound, by: 8).map { column in
        (0..<8).reduce(0) { $0 << 1 | (hasInk(row, column + $1) ? 1 : 0) }
      }
    }
  }
}
