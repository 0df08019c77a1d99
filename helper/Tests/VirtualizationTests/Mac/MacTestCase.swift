import Virtualization
import XCTest

/// Tests of the virtual Mac, with the stand-in turned on.
class MacTestCase: ConfigurationTestCase {
  override func setUpWithError() throws {
    try super.setUpWithError()
    setenv("VZKIT_STANDIN_MAC", "1", 1)
  }

  override func tearDown() {
    for name in ["VZKIT_STANDIN_MAC", "VZKIT_STANDIN_FAIL", "VZKIT_STANDIN_HOST_VERSION"] { unsetenv(name) }
    super.tearDown()
  }

  /// What the framework wrote on a real Mac (macOS 12): numbers of 16 bytes.
  static let appleHardwareModel =
    "YnBsaXN0MDDTAQIDBAUGXxAZRGF0YVJlcHJlc2VudGF0aW9uVmVyc2lvbl8QD1BsYXRmb3JtVmVyc2lvbl8QEk1pbmltdW1TdXBwb3J0ZWRPUx"
    + "QAAAAAAAAAAAAAAAAAAAABEAKjBwgIEAwQAAgPKz1SY2VpawAAAAAAAAEBAAAAAAAAAAkAAAAAAAAAAAAAAAAAAABt"

  func hardwareModel(platform: Int = 2, minimum: [Int] = [12, 0, 0]) throws -> VZMacHardwareModel {
    let data = try PropertyListSerialization.data(
      fromPropertyList: [
        "DataRepresentationVersion": 1, "PlatformVersion": platform, "MinimumSupportedOS": minimum,
      ], format: .binary, options: 0)
    return try XCTUnwrap(VZMacHardwareModel(dataRepresentation: data))
  }

  func auxiliaryStorage(
    _ name: String = "auxiliary-storage", for model: VZMacHardwareModel? = nil,
    options: VZMacAuxiliaryStorage.InitializationOptions = []
  ) throws -> VZMacAuxiliaryStorage {
    try VZMacAuxiliaryStorage(
      creatingStorageAt: temporary.url.appendingPathComponent(name), hardwareModel: model ?? hardwareModel(),
      options: options)
  }

  override func validConfiguration() throws -> VZVirtualMachineConfiguration {
    let model = try hardwareModel()
    let platform = VZMacPlatformConfiguration()
    platform.hardwareModel = model
    platform.auxiliaryStorage = try auxiliaryStorage(for: model, options: .allowOverwrite)
    let configuration = VZVirtualMachineConfiguration()
    configuration.platform = platform
    configuration.bootLoader = VZMacOSBootLoader()
    configuration.storageDevices = [try disk("disk.img")]
    return configuration
  }
}
