import Foundation

/// A disk behind an NVM Express controller. Valid only with `VZGenericPlatformConfiguration`. (macOS 14)
open class VZNVMExpressControllerDeviceConfiguration: VZStorageDeviceConfiguration {
  /// A disk with the bytes of `attachment`.
  public init(attachment: VZStorageDeviceAttachment) {
    super.init(base: attachment)
  }

  override func snapshot() -> VZStorageDeviceConfiguration {
    VZNVMExpressControllerDeviceConfiguration(attachment: attachment)
  }

  override func check() throws {
    try checkAttachment()
    throw ConfigurationProblem.notRun("NVM Express disks")
  }
}
