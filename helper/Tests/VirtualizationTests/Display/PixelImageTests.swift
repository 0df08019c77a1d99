import CVirtualization
import Platform
import XCTest

/// Frame buffers as they lie in memory, and as PNG files.
final class PixelImageTests: XCTestCase {
  /// A frame buffer whose rows end in noise.
  private func frame(
    _ width: Int, _ height: Int, bytesPerRow: Int, _ pixel: (Int, Int) -> [UInt8]
  ) -> [UInt8] {
    (0..<height).flatMap { row in
      (0..<width).flatMap { pixel(row, $0) }
        + (0..<bytesPerRow - width * 4).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ row) }
    }
  }

  private func image(
    _ bytes: [UInt8], _ width: Int, _ height: Int, bytesPerRow: Int, _ format: PixelFormat = .bgra
  ) -> PixelImage? {
    bytes.withUnsafeBytes {
      PixelImage(frame: $0, width: width, height: height, bytesPerRow: bytesPerRow, format: format)
    }
  }

  func testChannelsAreFoundInEveryFormat() throws {
    let codes: [(UInt32, [UInt8])] = [
      (0x4247_5241, [3, 2, 1, 255]),  // BGRA
      (0x5247_4241, [1, 2, 3, 0]),  // RGBA
      (0x6C31_3072, [0x0F, 0x20, 0x10, 0xC0]),  // l10r: blue 15, green 8, red 1 of 1023
    ]
    for (code, bytes) in codes {
      let format = try XCTUnwrap(PixelFormat(code: code), PixelFormat.name(of: code))
      let expected: [UInt8] = code == 0x6C31_3072 ? [0, 2, 3] : [1, 2, 3]
      XCTAssertEqual(Array(try XCTUnwrap(image(bytes, 1, 1, bytesPerRow: 4, format)).pixels), expected)
    }
    // Compressed by the graphics processor.
    XCTAssertNil(PixelFormat(code: 0x2642_4741))
    XCTAssertEqual(PixelFormat.name(of: 0x2642_4741), "&BGA")
    XCTAssertEqual(PixelFormat.name(of: 32), "32")
  }

  func testTheEndsOfRowsAndTheAlphaChannelDoNotCount() throws {
    let plain = frame(5, 4, bytesPerRow: 64) { [9, 8, 7, UInt8($0 * 5 + $1)] }
    let image = try XCTUnwrap(image(plain, 5, 4, bytesPerRow: 64))
    XCTAssertTrue(image.isUniform)
    XCTAssertEqual(Array(image.pixels.prefix(3)), [7, 8, 9])
    for place in [0, 5 * 4 - 2, 3 * 64, 3 * 64 + 4 * 4] {
      var other = plain
      other[place] ^= 1
      XCTAssertFalse(try XCTUnwrap(self.image(other, 5, 4, bytesPerRow: 64)).isUniform, "byte \(place)")
    }
  }

  func testAFrameThatIsShorterThanItsSizeIsRefused() {
    let bytes = [UInt8](repeating: 0, count: 4 * 64)
    XCTAssertNotNil(image(bytes, 16, 4, bytesPerRow: 64))
    XCTAssertNotNil(image(Array(bytes.dropLast(24)), 10, 4, bytesPerRow: 64), "the end of the last row may be missing")
    for (width, height, bytesPerRow) in [
      (16, 5, 64), (17, 4, 64), (0, 4, 64), (16, 0, 64), (-1, 4, 64), (16, 4, 0), (16, 4, 63), (1 << 40, 4, 1 << 42),
      (16, Int.max, 64),
    ] {
      XCTAssertNil(image(bytes, width, height, bytesPerRow: bytesPerRow), "\(width) × \(height), \(bytesPerRow)")
    }
    XCTAssertNil(image([], 1, 1, bytesPerRow: 4))
  }

  func testThePNGFileHoldsEveryPixel() throws {
    let (width, height) = (37, 11)
    let bytes = frame(width, height, bytesPerRow: 192) { row, column in
      let seed = row * 37 + column
      return [UInt8(truncatingIfNeeded: seed &* 31), UInt8(truncatingIfNeeded: seed >> 1), UInt8(column), 255]
    }
    let picture = try XCTUnwrap(image(bytes, width, height, bytesPerRow: 192))
    let file = try picture.png()
    XCTAssertEqual(Array(file.prefix(8)), [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    // The decoder of the archives, which is not the encoder's: a zlib stream is raw deflate after two bytes.
    let length = file[33..<37].reduce(0) { $0 << 8 | Int($1) }
    let stream = Array(file[41..<41 + length].dropFirst(2))
    var rows = [UInt8](repeating: 0, count: (width * 3 + 1) * height)
    var reason: UnsafePointer<CChar>?
    let count = vz_inflate(stream, stream.count, &rows, rows.count, &reason)
    XCTAssertEqual(count, rows.count)
    for row in 0..<height {
      XCTAssertEqual(rows[row * (width * 3 + 1)], 0)
      let decoded = rows[row * (width * 3 + 1) + 1..<(row + 1) * (width * 3 + 1)]
      XCTAssertEqual(Array(decoded), Array(picture.pixels[row * width * 3..<(row + 1) * width * 3]))
      let first = bytes[row * 192..<row * 192 + 3].reversed()
      XCTAssertEqual(Array(decoded.prefix(3)), Array(first))
    }
  }
}
