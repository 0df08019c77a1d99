/// The size of a virtual Mac's display.
package struct MacDisplaySize {
  /// In pixels.
  let width: Int
  /// In pixels.
  let height: Int
  let pixelsPerInch: Int

  package init(width: UInt32, height: UInt32, pixelsPerInch: UInt32) {
    (self.width, self.height, self.pixelsPerInch) = (Int(width), Int(height), Int(pixelsPerInch))
  }
}
