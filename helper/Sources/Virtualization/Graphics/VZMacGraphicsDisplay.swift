import Foundation

/// A display of a virtual Mac.
///
/// Wraps `VZMacGraphicsDisplay`, macOS 14.0.
open class VZMacGraphicsDisplay: VZGraphicsDisplay {
  /// How dense the pixels are.
  public let pixelsPerInch: Int

  init(_ configuration: VZMacGraphicsDisplayConfiguration) {
    pixelsPerInch = configuration.pixelsPerInch
    super.init(widthInPixels: configuration.widthInPixels, heightInPixels: configuration.heightInPixels)
  }

  override public func reconfigure(configuration: VZGraphicsDisplayConfiguration) throws {
    guard let display = configuration as? VZMacGraphicsDisplayConfiguration else {
      return try super.reconfigure(configuration: configuration)
    }
    try throwingVZError { try display.check() }
    try reconfigure(sizeInPixels: CGSize(width: display.widthInPixels, height: display.heightInPixels))
    guard display.pixelsPerInch == pixelsPerInch else { throw Self.fixedSizeError }
  }
}
