import CVirtualization
import Foundation

/// What a display shows at a moment.
package struct DisplayImage {
  /// In pixels.
  package let width: Int
  /// In pixels.
  package let height: Int
  /// Three bytes a pixel, red, green and blue, row by row from the top.
  package let pixels: ArraySlice<UInt8>

  /// Pictures with more pixels than this are not taken.
  static let maximumPixels = 1 << 26

  struct Problem: Error {
    let reason: String
  }

  /// - Parameter bytes: a portable pixmap as QEMU writes it: "P6", width, height and 255, then the pixels.
  init(pixmap bytes: [UInt8]) throws {
    var place = 0
    func word() -> Substring? {
      let start = place
      while place < bytes.count, place - start < 16, !Self.isBlank(bytes[place]) { place += 1 }
      guard place > start, place < bytes.count, Self.isBlank(bytes[place]) else { return nil }
      place += 1
      return Substring(decoding: bytes[start..<place - 1], as: UTF8.self)
    }
    guard word() == "P6", let width = word().flatMap({ Int($0) }), let height = word().flatMap({ Int($0) }),
      word() == "255"
    else { throw Problem(reason: "it is no pixmap") }
    guard width > 0, height > 0, width <= Self.maximumPixels, height <= Self.maximumPixels / width else {
      throw Problem(reason: "\(width) × \(height) pixels are more than can be taken")
    }
    guard bytes.count - place == width * height * 3 else { throw Problem(reason: "it is cut short") }
    (self.width, self.height) = (width, height)
    pixels = bytes[place...]
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A }

  /// Whether all of it has one colour.
  var isUniform: Bool {
    // Uniform is what does not change when it is moved by one pixel.
    pixels.withUnsafeBytes { bytes in
      // There is at least one pixel, so there is a base address.
      memcmp(bytes.baseAddress!, bytes.baseAddress! + 3, bytes.count - 3) == 0
    }
  }
}
