import Virtualization
import XCTest

final class MacConfigurationTests: MacTestCase {
  private func platform(_ configuration: VZVirtualMachineConfiguration) throws -> VZMacPlatformConfiguration {
    try XCTUnwrap(configuration.platform as? VZMacPlatformConfiguration)
  }

  func testAConfigurationWithAllOfAMacIsValid() throws {
    let configuration = try validConfiguration()
    let graphics = VZMacGraphicsDeviceConfiguration()
    graphics.displays = [
      VZMacGraphicsDisplayConfiguration(widthInPixels: 1920, heightInPixels: 1200, pixelsPerInch: 80)
    ]
    configuration.graphicsDevices = [graphics]
    configuration.keyboards = [VZMacKeyboardConfiguration()]
    configuration.pointingDevices = [VZMacTrackpadConfiguration()]
    XCTAssertNoThrow(try configuration.validate())
  }

  func testTheAuxiliaryStorageIsRequiredAndLookedAt() throws {
    try assertInvalid("platform.auxiliaryStorage", "missing") { try self.platform($0).auxiliaryStorage = nil }
    try assertInvalid("auxiliaryStorage", "cannot be found") {
      try self.platform($0).auxiliaryStorage = VZMacAuxiliaryStorage(url: URL(fileURLWithPath: "/nowhere/aux"))
    }
    try assertInvalid("is not an auxiliary storage of the stand-in Mac") {
      try self.platform($0).auxiliaryStorage = VZMacAuxiliaryStorage(url: self.temporary.file("foreign"))
    }
    try assertInvalid("another hardware model") {
      let other = try self.auxiliaryStorage("other", for: self.hardwareModel(minimum: [13, 0, 0]))
      try self.platform($0).auxiliaryStorage = other
    }
    try assertInvalid("is a directory") {
      try self.platform($0).auxiliaryStorage = VZMacAuxiliaryStorage(url: self.temporary.url)
    }
  }

  func testABrokenAuxiliaryStorageIsRefused() throws {
    let whole = try Data(contentsOf: auxiliaryStorage("whole").url)
    for length in [0, 3, 63, 66, 80] {
      let url = temporary.url.appendingPathComponent("\(length)-bytes")
      try whole.prefix(length).write(to: url)
      try assertInvalid("auxiliaryStorage", "\(length)-bytes is") {
        try self.platform($0).auxiliaryStorage = VZMacAuxiliaryStorage(url: url)
      }
    }
  }

  func testCreatingOverAFileNeedsLeave() throws {
    let model = try hardwareModel()
    let storage = try auxiliaryStorage("mine", for: model)
    assertThrows(.internalError, "exists", "allow overwriting") { _ = try self.auxiliaryStorage("mine", for: model) }
    let other = try hardwareModel(minimum: [13, 0, 0])
    XCTAssertNoThrow(try auxiliaryStorage("mine", for: other, options: .allowOverwrite))
    try assertInvalid("another hardware model") { try self.platform($0).auxiliaryStorage = storage }
    assertThrows(.internalError, "cannot be created") { _ = try self.auxiliaryStorage("no/such/folder") }
  }

  func testAnUnsupportedHardwareModelIsRefused() throws {
    let future = try hardwareModel(minimum: [99, 0, 0])
    XCTAssertFalse(future.isSupported)
    try assertInvalid("platform.hardwareModel", "macOS 99.0", code: .notSupported) {
      try self.platform($0).hardwareModel = future
    }
    XCTAssertFalse(try hardwareModel(platform: 3).isSupported)
    assertThrows(.notSupported, "macOS 99.0") { _ = try self.auxiliaryStorage(for: future) }
    setenv("VZKIT_STANDIN_HOST_VERSION", "11.5", 1)
    XCTAssertFalse(try hardwareModel().isSupported)
  }

  func testLoaderAndPlatformBelongTogether() throws {
    try assertInvalid("bootLoader", "VZMacPlatformConfiguration") { $0.platform = VZGenericPlatformConfiguration() }
    try assertInvalid("bootLoader", "VZGenericPlatformConfiguration") {
      $0.bootLoader = VZLinuxBootLoader(kernelURL: try self.temporary.file("vmlinuz"))
    }
  }

  func testDisplaysHaveBounds() throws {
    for (width, height, density, place) in [
      (0, 600, 80, "widthInPixels"), (800, 20_000, 80, "heightInPixels"), (800, 600, 0, "pixelsPerInch"),
    ] {
      try assertInvalid("graphicsDevices[0].displays[0].\(place)") {
        let graphics = VZMacGraphicsDeviceConfiguration()
        graphics.displays = [
          VZMacGraphicsDisplayConfiguration(widthInPixels: width, heightInPixels: height, pixelsPerInch: density)
        ]
        $0.graphicsDevices = [graphics]
      }
    }
    try assertInvalid("at most one display") {
      let graphics = VZMacGraphicsDeviceConfiguration()
      graphics.displays = (0..<2).map { _ in
        VZMacGraphicsDisplayConfiguration(widthInPixels: 800, heightInPixels: 600, pixelsPerInch: 80)
      }
      $0.graphicsDevices = [graphics]
    }
  }

  func testACopyIsIndependent() throws {
    let configuration = try validConfiguration()
    let copy = try platform(XCTUnwrap(configuration.copy() as? VZVirtualMachineConfiguration))
    let original = try platform(configuration)
    XCTAssertEqual(copy.machineIdentifier, original.machineIdentifier)
    XCTAssertEqual(copy.hardwareModel, original.hardwareModel)
    original.machineIdentifier = VZMacMachineIdentifier()
    XCTAssertNotEqual(copy.machineIdentifier, original.machineIdentifier)
  }

  func testWithoutTheStandInEverythingSaysAppleSilicon() throws {
    let configuration = try validConfiguration()
    let model = try hardwareModel()
    unsetenv("VZKIT_STANDIN_MAC")
    XCTAssertFalse(model.isSupported)
    assertThrows(.notSupported, "Apple silicon", "VZKIT_STANDIN_MAC") { try configuration.validate() }
    assertThrows(.notSupported, "Apple silicon") { _ = try self.auxiliaryStorage("another", for: model) }
    let kernel = try temporary.file("vmlinuz")
    for change in [
      { $0.keyboards = [VZMacKeyboardConfiguration()] }, { $0.pointingDevices = [VZMacTrackpadConfiguration()] },
      { $0.graphicsDevices = [VZMacGraphicsDeviceConfiguration()] },
    ] as [(VZVirtualMachineConfiguration) -> Void] {
      let linux = VZVirtualMachineConfiguration()
      linux.bootLoader = VZLinuxBootLoader(kernelURL: kernel)
      change(linux)
      assertThrows(.notSupported, "Apple silicon") { try linux.validate() }
    }
  }
}
