import Foundation

/// A display of a Virtio graphics device. (macOS 13)
open class VZVirtioGraphicsScanoutConfiguration: VZGraphicsDisplayConfiguration {
  /// The display's width in pixels.
  public var widthInPixels: Int
  /// The display's height in pixels.
  public var heightInPixels: Int

  /// A display of a size in pixels, which the configuration's `validate()` checks.
  public init(widthInPixels: Int, heightInPixels: Int) {
    self.widthInPixels = widthInPixels
    self.heightInPixels = heightInPixels
    super.init(base: ())
  }

  override func snapshot() -> VZVirtioGraphicsScanoutConfiguration {
    VZVirtioGraphicsScanoutConfiguration(widthInPixels: widthInPixels, heightInPixels: heightInPixels)
  }

  /// A display larger than this is one that no guest can drive.
  private static let allowedSizes = 1...16384

  func check() throws {
    for (place, size) in [("widthInPixels", widthInPixels), ("heightInPixels", heightInPixels)] {
      guard !Self.allowedSizes.contains(size) else { continue }
      throw ConfigurationProblem("\(size) pixels is not between 1 and \(Self.allowedSizes.upperBound).").in(place)
    }
  }
}
