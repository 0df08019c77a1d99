import Foundation

/// A Virtio balloon. At most one a machine. (macOS 11)
open class VZVirtioTraditionalMemoryBalloonDeviceConfiguration: VZMemoryBalloonDeviceConfiguration {
  public init() {
    super.init(base: ())
  }

  override func snapshot() -> VZMemoryBalloonDeviceConfiguration {
    VZVirtioTraditionalMemoryBalloonDeviceConfiguration()
  }
}
