import Virtualization
import XCTest

final class MachineRulesTests: ConfigurationTestCase {
  func testABootLoaderIsTheLeastThatAConfigurationNeeds() throws {
    assertThrows(.invalidVirtualMachineConfiguration, "bootLoader: A boot loader is missing") {
      try VZVirtualMachineConfiguration().validate()
    }
    XCTAssertNoThrow(try validConfiguration().validate())
  }

  func testDefaultsAreWithinTheLimits() {
    let configuration = VZVirtualMachineConfiguration()
    XCTAssertEqual(configuration.cpuCount, ProcessInfo.processInfo.activeProcessorCount)
    XCTAssertEqual(configuration.memorySize % (1 << 20), 0)
    XCTAssertGreaterThanOrEqual(configuration.memorySize, VZVirtualMachineConfiguration.minimumAllowedMemorySize)
    XCTAssertLessThanOrEqual(configuration.memorySize, VZVirtualMachineConfiguration.maximumAllowedMemorySize)
    XCTAssertEqual(VZVirtualMachineConfiguration.minimumAllowedCPUCount, 1)
    XCTAssertTrue(configuration.platform is VZGenericPlatformConfiguration)
    XCTAssertTrue(configuration.storageDevices.isEmpty && configuration.serialPorts.isEmpty)
  }

  func testProcessorCountStaysWithinTheLimits() throws {
    for count in [0, -1, 1000, Int.max, Int.min, VZVirtualMachineConfiguration.maximumAllowedCPUCount + 1] {
      try assertInvalid("cpuCount", "\(count)") { $0.cpuCount = count }
    }
    let configuration = try validConfiguration()
    configuration.cpuCount = VZVirtualMachineConfiguration.maximumAllowedCPUCount
    XCTAssertNoThrow(try configuration.validate())
  }

  func testMemoryIsWholeMebibytesWithinTheLimits() throws {
    try assertInvalid("memorySize", "1 MiB") { $0.memorySize = 512 << 20 | 1 }
    try assertInvalid("memorySize", "too little") { $0.memorySize = 0 }
    try assertInvalid("memorySize", "too much") {
      $0.memorySize = VZVirtualMachineConfiguration.maximumAllowedMemorySize + 1 << 20
    }
    try assertInvalid("memorySize") { $0.memorySize = .max }
  }

  func testLabelHasOneToSixtyFourCharactersOneOfThemNotBlank() throws {
    try assertInvalid("label") { $0.label = "" }
    try assertInvalid("label", "blank") { $0.label = " \t\n" }
    try assertInvalid("label", "65") { $0.label = String(repeating: "é", count: 65) }
    let configuration = try validConfiguration()
    configuration.label = String(repeating: "👩‍🚀", count: 64)
    XCTAssertNoThrow(try configuration.validate())
  }

  func testKernelAndInitialRamDiskMustBeReadableFiles() throws {
    let missing = temporary.url.appendingPathComponent("missing")
    try assertInvalid("bootLoader.kernelURL", missing.path, "No such file") {
      $0.bootLoader = VZLinuxBootLoader(kernelURL: missing)
    }
    try assertInvalid("bootLoader.kernelURL", "directory") {
      $0.bootLoader = VZLinuxBootLoader(kernelURL: self.temporary.url)
    }
    try assertInvalid("kernelURL", "empty") {
      $0.bootLoader = VZLinuxBootLoader(kernelURL: try self.temporary.file("empty", size: 0))
    }
    try assertInvalid("kernelURL", "file URL") {
      $0.bootLoader = VZLinuxBootLoader(kernelURL: URL(string: "https://example.org/vmlinuz")!)
    }
    try assertInvalid("bootLoader.initialRamdiskURL", missing.path) {
      ($0.bootLoader as? VZLinuxBootLoader)?.initialRamdiskURL = missing
    }
    try assertInvalid("bootLoader.commandLine", "NUL") {
      ($0.bootLoader as? VZLinuxBootLoader)?.commandLine = "console=hvc0\0root=/dev/vda"
    }
  }

  func testNestedVirtualizationIsNotSupported() throws {
    XCTAssertFalse(VZGenericPlatformConfiguration.isNestedVirtualizationSupported)
    try assertInvalid("platform.isNestedVirtualizationEnabled", code: .notSupported) {
      ($0.platform as? VZGenericPlatformConfiguration)?.isNestedVirtualizationEnabled = true
    }
  }

  func testAMachineHasOneSocketDeviceAndOneBalloon() throws {
    try assertInvalid("socketDevices[1]") {
      $0.socketDevices = [VZVirtioSocketDeviceConfiguration(), VZVirtioSocketDeviceConfiguration()]
    }
    try assertInvalid("memoryBalloonDevices[1]") {
      $0.memoryBalloonDevices = (0..<2).map { _ in VZVirtioTraditionalMemoryBalloonDeviceConfiguration() }
    }
  }
}
