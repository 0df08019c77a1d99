import Foundation

/// A Virtio network device. Valid only with an attachment and a unicast address. (macOS 11)
open class VZVirtioNetworkDeviceConfiguration: VZNetworkDeviceConfiguration {
  public init() {
    super.init(base: ())
  }

  override func snapshot() -> VZNetworkDeviceConfiguration {
    let copy = VZVirtioNetworkDeviceConfiguration()
    copy.macAddress = macAddress
    copy.attachment = attachment
    return copy
  }
}
