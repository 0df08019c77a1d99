import Foundation

/// A Virtio socket device (vsock). At most one a machine. (macOS 11)
open class VZVirtioSocketDeviceConfiguration: VZSocketDeviceConfiguration {
  public init() {
    super.init(base: ())
  }

  override func snapshot() -> VZSocketDeviceConfiguration {
    VZVirtioSocketDeviceConfiguration()
  }
}
