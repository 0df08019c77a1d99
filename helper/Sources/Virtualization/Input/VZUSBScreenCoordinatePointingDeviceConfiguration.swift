import Foundation

/// A USB pointing device that reports where on the screen it points. (macOS 12)
open class VZUSBScreenCoordinatePointingDeviceConfiguration: VZPointingDeviceConfiguration {
  public init() {
    super.init(base: ())
  }

  override func snapshot() -> VZPointingDeviceConfiguration {
    VZUSBScreenCoordinatePointingDeviceConfiguration()
  }

  override func check() throws {
    // What the stand-in Mac has too.
    if !StandInMac.isEnabled { throw ConfigurationProblem.notRun("pointing devices") }
  }
}
