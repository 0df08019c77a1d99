import Foundation

/// A display of a Mac graphics device. (macOS 12)
open class VZMacGraphicsDisplayConfiguration: VZGraphicsDisplayConfiguration {
  /// The display's width in pixels.
  public var widthInPixels: Int
  /// The display's height in pixels.
  public var heightInPixels: Int
  /// How dense the pixels are; the guest chooses its scale by it. 218 and more show as Retina displays.
  public var pixelsPerInch: Int

  /// A display of a size in pixels, which the configuration's `validate()` checks.
  public init(widthInPixels: Int, heightInPixels: Int, pixelsPerInch: Int) {
    self.widthInPixels = widthInPixels
    self.heightInPixels = heightInPixels
    self.pixelsPerInch = pixelsPerInch
    super.init(base: ())
  }

  override func snapshot() -> VZMacGraphicsDisplayConfiguration {
    VZMacGraphicsDisplayConfiguration(
      widthInPixels: widthInPixels, heightInPixels: heightInPixels, pixelsPerInch: pixelsPerInch)
  }

  private static let allowedSizes = 1...16384
  private static let allowedDensities = 1...1000

  func check() throws {
    for (place, size) in [("widthInPixels", widthInPixels), ("heightInPixels", heightInPixels)] {
      guard !Self.allowedSizes.contains(size) else { continue }
      throw ConfigurationProblem("\(size) pixels is not between 1 and \(Self.allowedSizes.upperBound).").in(place)
    }
    guard Self.allowedDensities.contains(pixelsPerInch) else {
      throw ConfigurationProblem(
        "\(pixelsPerInch) pixels per inch is not between 1 and \(Self.allowedDensities.upperBound)."
      ).in("pixelsPerInch")
    }
  }
}
