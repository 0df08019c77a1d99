import Foundation

/// A trackpad of a virtual Mac, with gestures. Guests before macOS 13 do not see it; it may sit beside the USB pointing
/// device, which they do see. (macOS 13)
open class VZMacTrackpadConfiguration: VZPointingDeviceConfiguration {
  public init() {
    super.init(base: ())
  }

  override func snapshot() -> VZPointingDeviceConfiguration {
    VZMacTrackpadConfiguration()
  }

  override func check() throws {
    try StandInMac.require()
  }
}
