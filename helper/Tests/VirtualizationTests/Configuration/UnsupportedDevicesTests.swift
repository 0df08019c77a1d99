import Virtualization
import XCTest

/// What this host cannot run is refused by validation with a sentence, and never silently left out of a machine.
final class UnsupportedDevicesTests: ConfigurationTestCase {
  func testDevicesThatCannotRunAreNamed() throws {
    try assertInvalid("audioDevices[0]", "sound devices", code: .notSupported) {
      $0.audioDevices = [VZVirtioSoundDeviceConfiguration()]
    }
    try assertInvalid("usbControllers[0]", "USB controllers", code: .notSupported) {
      $0.usbControllers = [VZXHCIControllerConfiguration()]
    }
  }

  func testDisksThatCannotRunAreNamed() throws {
    let attachment = try disk("disk.img").attachment
    try assertInvalid("storageDevices[0]", "NVM Express", code: .notSupported) {
      $0.storageDevices = [VZNVMExpressControllerDeviceConfiguration(attachment: attachment)]
    }
    try assertInvalid("storageDevices[0]", "USB disks", code: .notSupported) {
      $0.storageDevices = [VZUSBMassStorageDeviceConfiguration(attachment: attachment)]
    }
    let remote = try VZNetworkBlockDeviceStorageDeviceAttachment(url: XCTUnwrap(URL(string: "nbd://localhost/disk")))
    try assertInvalid("storageDevices[0].attachment", "network block", code: .notSupported) {
      $0.storageDevices = [VZVirtioBlockDeviceConfiguration(attachment: remote)]
    }
  }

  func testAttachmentsThatCannotRunAreNamed() throws {
    let network = VZVirtioNetworkDeviceConfiguration()
    if let interface = VZBridgedNetworkInterface.networkInterfaces.first {
      XCTAssertNotEqual(if_nametoindex(interface.identifier), 0, "the system knows \(interface.identifier)")
      network.attachment = VZBridgedNetworkDeviceAttachment(interface: interface)
      try assertInvalid("networkDevices[0].attachment", "bridged", code: .notSupported) {
        $0.networkDevices = [network]
      }
    }
    XCTAssertFalse(VZBridgedNetworkInterface.networkInterfaces.contains { $0.identifier == "lo" })
  }

  func testSavingIsRefused() throws {
    let configuration = try validConfiguration()
    assertThrows(.notSupported, "save") { try configuration.validateSaveRestoreSupport() }
  }

  func testAHostWithoutQEMUFailsWithWhatToDo() throws {
    let configuration = try validConfiguration()
    let before = ProcessInfo.processInfo.environment["VZKIT_QEMU"]
    setenv("VZKIT_QEMU", "/nowhere/qemu", 1)
    defer { if let before { setenv("VZKIT_QEMU", before, 1) } else { unsetenv("VZKIT_QEMU") } }
    assertThrows(.notSupported, "VZKIT_QEMU", "/nowhere/qemu") { try configuration.validate() }
    XCTAssertFalse(VZVirtualMachine.isSupported)
    configuration.cpuCount = 0
    assertThrows(.invalidVirtualMachineConfiguration, "cpuCount") { try configuration.validate() }
  }

  func testRosettaIsNotThere() {
    XCTAssertEqual(VZLinuxRosettaDirectoryShare.availability, .notSupported)
    assertThrows(.notSupported, "Rosetta") { _ = try VZLinuxRosettaDirectoryShare() }
    let installed = expectation(description: "the handler is called")
    VZLinuxRosettaDirectoryShare.installRosetta { error in
      XCTAssertEqual((error as? VZError)?.code, .notSupported)
      installed.fulfill()
    }
    wait(for: [installed], timeout: 60)
  }
}
