import Foundation

/// A display of a Virtio graphics device.
///
/// Wraps `VZVirtioGraphicsScanout`, macOS 14.0.
open class VZVirtioGraphicsScanout: VZGraphicsDisplay {
  override public func reconfigure(configuration: VZGraphicsDisplayConfiguration) throws {
    guard let scanout = configuration as? VZVirtioGraphicsScanoutConfiguration else {
      return try super.reconfigure(configuration: configuration)
    }
    try reconfigure(sizeInPixels: CGSize(width: scanout.widthInPixels, height: scanout.heightInPixels))
  }
}
