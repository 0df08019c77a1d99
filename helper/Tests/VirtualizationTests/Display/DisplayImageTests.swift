import XCTest

@testable import Virtualization

/// Pictures as QEMU hands them over, and as PNG files.
final class DisplayImageTests: XCTestCase {
  private func pixmap(_ header: String, _ pixels: [UInt8]) -> [UInt8] { Array(header.utf8) + pixels }

  func testAPictureIsReadAndKnownToBeUniformOrNot() throws {
    let plain = try DisplayImage(pixmap: pixmap("P6\n2 3\n255\n", Array(repeating: 7, count: 18)))
    XCTAssertEqual([plain.width, plain.height], [2, 3])
    XCTAssertTrue(plain.isUniform)
    for index in 0..<18 {
      var pixels = [UInt8](repeating: 7, count: 18)
      pixels[index] = 8
      XCTAssertFalse(try DisplayImage(pixmap: pixmap("P6\n2 3\n255\n", pixels)).isUniform, "byte \(index)")
    }
    XCTAssertTrue(try DisplayImage(pixmap: pixmap("P6 1 1 255 ", [1, 2, 3])).isUniform)
    // Many colours that differ inside the pixel only.
    XCTAssertTrue(try DisplayImage(pixmap: pixmap("P6 2 1 255 ", [1, 2, 3, 1, 2, 3])).isUniform)
  }

  func testPicturesTooSmallForQEMUsWordsAreLookedAtToo() throws {
    for (width, height) in [(1, 1), (7, 15), (232, 15), (231, 16), (232, 16), (353, 17), (1, 4096)] {
      var pixels = [UInt8](repeating: 0, count: width * height * 3)
      XCTAssertTrue(try DisplayImage(pixmap: pixmap("P6 \(width) \(height) 255 ", pixels)).isBlank)
      guard pixels.count > 3 else { continue }
      pixels[pixels.count - 1] = 0xAA
      XCTAssertFalse(try DisplayImage(pixmap: pixmap("P6 \(width) \(height) 255 ", pixels)).isBlank)
    }
  }

  func testWhatIsNoPictureIsRefused() {
    for header in [
      "", "P6", "P6\n", "P6\n2 3", "P6\n2 3\n255", "P5\n2 3\n255\n", "P6\n-2 3\n255\n", "P6\n2 3\n65535\n",
      "P6\n0 3\n255\n", "P6\n3 3\n255\n", "P6\n2 2\n255\n", "P6\n9223372036854775807 2\n255\n",
      "P6\n99999999999999999999 2\n255\n", "P6\n67108864 67108864\n255\n", "P6\nx 3\n255\n", "\n\n\n\n",
    ] {
      XCTAssertThrowsError(try DisplayImage(pixmap: pixmap(header, Array(repeating: 0, count: 18))), header)
    }
  }
}
