import Foundation

/// A Virtio entropy device, fed by the host's random numbers. (macOS 11)
open class VZVirtioEntropyDeviceConfiguration: VZEntropyDeviceConfiguration {
  public init() {
    super.init(base: ())
  }

  override func snapshot() -> VZEntropyDeviceConfiguration {
    VZVirtioEntropyDeviceConfiguration()
  }
}
