import Foundation

/// A keyboard of a virtual Mac, with the globe key. Guests before macOS 13 do not see it; it may sit beside the USB
/// keyboard, which they do see. (macOS 14)
open class VZMacKeyboardConfiguration: VZKeyboardConfiguration {
  public init() {
    super.init(base: ())
  }

  override func snapshot() -> VZKeyboardConfiguration {
    VZMacKeyboardConfiguration()
  }

  override func check() throws {
    try StandInMac.require()
  }
}
