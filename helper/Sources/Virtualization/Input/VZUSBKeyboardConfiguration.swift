import Foundation

/// A USB keyboard. (macOS 12)
open class VZUSBKeyboardConfiguration: VZKeyboardConfiguration {
  public init() {
    super.init(base: ())
  }

  override func snapshot() -> VZKeyboardConfiguration {
    VZUSBKeyboardConfiguration()
  }

  override func check() throws {}
}
