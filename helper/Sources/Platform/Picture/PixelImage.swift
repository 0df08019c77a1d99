import Foundation

/// A picture as it lies in memory: eight bits a channel, red, green and blue, row by row from the top.
package struct PixelImage {
  /// In pixels.
  package let width: Int
  /// In pixels.
  package let height: Int
  /// Three bytes a pixel.
  package let pixels: ArraySlice<UInt8>

  /// Pictures with more pixels than this are not taken.
  package static let maximumPixels = 1 << 26

  /// - Parameter pixels: three bytes for each of `width` × `height` pixels.
  package init(width: Int, height: Int, pixels: ArraySlice<UInt8>) {
    precondition(width > 0 && height > 0 && pixels.count == width * height * 3)
    (self.width, self.height, self.pixels) = (width, height, pixels)
  }

  /// Copies a frame buffer.
  ///
  /// - Parameters:
  ///   - bytes: the rows, each `bytesPerRow` long.
  ///   - format: how a pixel lies in its four bytes.
  /// - Returns: nil when the bytes are too few for that size, or the size is none.
  package init?(frame bytes: UnsafeRawBufferPointer, width: Int, height: Int, bytesPerRow: Int, format: PixelFormat) {
    guard width > 0, height > 0, width <= Self.maximumPixels, height <= Self.maximumPixels / width,
      bytesPerRow >= width * 4, (bytes.count - width * 4) / bytesPerRow >= height - 1, bytes.count >= width * 4
    else { return nil }
    let size = width * height * 3
    let pixels = [UInt8](unsafeUninitializedCapacity: size) { output, count in
      count = size
      var next = 0
      for row in 0..<height {
        for column in 0..<width {
          let place = row * bytesPerRow + column * 4
          let word = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
          (output[next], output[next + 1], output[next + 2]) = format.channels(of: word)
          next += 3
        }
      }
    }
    self.init(width: width, height: height, pixels: pixels[...])
  }

  /// Whether all of it has one colour.
  package var isUniform: Bool {
    // Uniform is what does not change when it is moved by one pixel.
    pixels.withUnsafeBytes { bytes in
      // There is at least one pixel, so there is a base address.
      memcmp(bytes.baseAddress!, bytes.baseAddress! + 3, bytes.count - 3) == 0
    }
  }
}
