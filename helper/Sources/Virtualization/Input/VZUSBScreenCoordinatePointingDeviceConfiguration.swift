import Foundation

/// A USB pointing device that reports where on the screen it points. (macOS 12)
open class VZUSBScreenCoordinatePointingDeviceConfiguration: VZPointingDeviceConfiguration {
  public init() {
    super.init(base: ())
  }

  override func snapshot() -> VZPointingDeviceConfiguration {
    VZUSBScreenCoordinatePointingDeviceConfiguration()
  }

  override func check() throws {}
}
