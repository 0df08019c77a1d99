import Foundation

/// A disk that the guest sees as a USB stick. (macOS 13)
open class VZUSBMassStorageDeviceConfiguration: VZStorageDeviceConfiguration, VZUSBDeviceConfiguration {
  /// Tells the device from others. Generated; to restore a saved machine, set it to what it was when saving. (macOS 15)
  public var uuid = UUID()

  /// A USB disk with the bytes of `attachment`.
  public init(attachment: VZStorageDeviceAttachment) {
    super.init(base: attachment)
  }

  override func snapshot() -> VZUSBMassStorageDeviceConfiguration {
    let copy = VZUSBMassStorageDeviceConfiguration(attachment: attachment)
    copy.uuid = uuid
    return copy
  }

  override func check() throws {
    try checkAttachment()
    throw ConfigurationProblem.notRun("USB disks")
  }
}
