import Virtualization
import XCTest

final class SnapshotTests: ConfigurationTestCase {
  func testACopyDoesNotFollowTheOriginal() throws {
    let configuration = try validConfiguration()
    let network = VZVirtioNetworkDeviceConfiguration()
    network.attachment = VZNATNetworkDeviceAttachment()
    let device = VZVirtioFileSystemDeviceConfiguration(tag: "before")
    let console = VZVirtioConsoleDeviceConfiguration()
    console.ports[2] = VZVirtioConsolePortConfiguration()
    console.ports[2]?.name = "before"
    let disk = try disk("disk.img")
    configuration.networkDevices = [network]
    configuration.directorySharingDevices = [device]
    configuration.consoleDevices = [console]
    configuration.storageDevices = [disk]
    configuration.label = "before"

    let copy = try XCTUnwrap(configuration.copy() as? VZVirtualMachineConfiguration)
    let address = network.macAddress
    network.macAddress = .randomLocallyAdministered()
    device.tag = "after"
    console.ports[2]?.name = "after"
    console.ports[3] = VZVirtioConsolePortConfiguration()
    disk.blockDeviceIdentifier = "after"
    (configuration.bootLoader as? VZLinuxBootLoader)?.commandLine = "after"
    configuration.cpuCount = 0
    configuration.label = "after"
    configuration.storageDevices = []

    XCTAssertEqual(copy.networkDevices.first?.macAddress, address)
    XCTAssertEqual((copy.directorySharingDevices.first as? VZVirtioFileSystemDeviceConfiguration)?.tag, "before")
    let ports = try XCTUnwrap(copy.consoleDevices.first as? VZVirtioConsoleDeviceConfiguration).ports
    XCTAssertEqual(ports[2]?.name, "before")
    XCTAssertNil(ports[3])
    XCTAssertEqual(ports.maximumPortCount, 3)
    XCTAssertEqual((copy.storageDevices.first as? VZVirtioBlockDeviceConfiguration)?.blockDeviceIdentifier, "")
    XCTAssertEqual((copy.bootLoader as? VZLinuxBootLoader)?.commandLine, "")
    XCTAssertNotEqual(copy.cpuCount, 0)
    XCTAssertEqual(copy.label, "before")
    XCTAssertNoThrow(try copy.validate())
  }

  func testACopyKeepsIdentityAndSharesAttachments() throws {
    let configuration = try validConfiguration()
    let disk = try disk("disk.img")
    configuration.storageDevices = [disk]
    let copy = try XCTUnwrap(configuration.copy() as? VZVirtualMachineConfiguration)
    XCTAssertTrue(copy.storageDevices[0].attachment === disk.attachment)
    XCTAssertEqual(
      (copy.platform as? VZGenericPlatformConfiguration)?.machineIdentifier,
      (configuration.platform as? VZGenericPlatformConfiguration)?.machineIdentifier)
  }

  func testEveryKindOfDeviceIsCopied() throws {
    let configuration = try validConfiguration()
    configuration.networkDevices = [VZVirtioNetworkDeviceConfiguration()]
    configuration.serialPorts = [VZVirtioConsoleDeviceSerialPortConfiguration()]
    configuration.consoleDevices = [VZVirtioConsoleDeviceConfiguration()]
    configuration.entropyDevices = [VZVirtioEntropyDeviceConfiguration()]
    configuration.memoryBalloonDevices = [VZVirtioTraditionalMemoryBalloonDeviceConfiguration()]
    configuration.socketDevices = [VZVirtioSocketDeviceConfiguration()]
    configuration.directorySharingDevices = [VZVirtioFileSystemDeviceConfiguration(tag: "share")]
    let copy = try XCTUnwrap(configuration.copy() as? VZVirtualMachineConfiguration)
    for (original, copied) in [
      (configuration.networkDevices as [NSObject], copy.networkDevices as [NSObject]),
      (configuration.serialPorts, copy.serialPorts), (configuration.consoleDevices, copy.consoleDevices),
      (configuration.entropyDevices, copy.entropyDevices),
      (configuration.memoryBalloonDevices, copy.memoryBalloonDevices),
      (configuration.socketDevices, copy.socketDevices),
      (configuration.directorySharingDevices, copy.directorySharingDevices),
    ] {
      XCTAssertEqual(copied.count, 1)
      XCTAssertTrue(type(of: original[0]) == type(of: copied[0]))
      XCTAssertFalse(original[0] === copied[0])
    }
  }
}
