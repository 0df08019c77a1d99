import XCTest

@testable import Virtualization

final class PCISlotsTests: ConfigurationTestCase {
  func testDevicesHaveSlotsOfTheirOwnAsLongAsThereAreEnough() {
    XCTAssertEqual(Set(PCISlots.addresses(for: 30)), [""])
    let addresses = PCISlots.addresses(for: 31)
    XCTAssertEqual(addresses[0], ",addr=0x1.0,multifunction=on")
    XCTAssertEqual(addresses[7], ",addr=0x1.7")
    XCTAssertEqual(addresses[8], ",addr=0x2.0,multifunction=on")
    XCTAssertEqual(Set(PCISlots.addresses(for: PCISlots.maximum)).count, PCISlots.maximum)
    XCTAssertEqual(PCISlots.addresses(for: PCISlots.maximum).last, ",addr=0x1e.7")
  }

  /// What is counted is what QEMU is given.
  func testCountsEveryDevice() throws {
    let configuration = try everything()
    let commandLine = QEMUCommandLine()
    commandLine.device("pvpanic-pci")
    commandLine.addDisplays(configuration.displayPlans)
    commandLine.addInputDevices(configuration)
    commandLine.addSound(configuration)
    try commandLine.addStorage(configuration.storageDevices)
    try commandLine.addNetwork(configuration.networkDevices)
    _ = try commandLine.addSerialPorts(configuration.serialPorts)
    _ = try commandLine.addConsoles(configuration.consoleDevices)
    commandLine.addEntropy(configuration.entropyDevices)
    commandLine.addBalloons(configuration.memoryBalloonDevices)
    commandLine.addSocketDevices([dup(0)])
    commandLine.addSharedFolders([("a", dup(0)), ("b", dup(0))])
    let arguments = commandLine.arguments
    let places = arguments.indices.filter { arguments[$0] == "-device" && !arguments[$0 + 1].contains(",bus=") }
    XCTAssertEqual(places.count, configuration.pciDeviceCount, "\(places.map { arguments[$0 + 1] })")
  }

  func testNamesTheNumberWhenThereAreTooMany() throws {
    try assertInvalid("entropyDevices", "241", "\(PCISlots.maximum)", "Take out 1.") {
      $0.entropyDevices = (0..<PCISlots.maximum).map { _ in VZVirtioEntropyDeviceConfiguration() }
    }
    let configuration = try validConfiguration()
    configuration.entropyDevices = (1..<PCISlots.maximum).map { _ in VZVirtioEntropyDeviceConfiguration() }
    XCTAssertNoThrow(try configuration.validate())
  }

  private func everything() throws -> VZVirtualMachineConfiguration {
    let configuration = try validConfiguration()
    let graphics = VZVirtioGraphicsDeviceConfiguration()
    graphics.scanouts = [VZVirtioGraphicsScanoutConfiguration(widthInPixels: 640, heightInPixels: 480)]
    configuration.graphicsDevices = [graphics]
    configuration.keyboards = [VZUSBKeyboardConfiguration(), VZMacKeyboardConfiguration()]
    configuration.pointingDevices = [VZUSBScreenCoordinatePointingDeviceConfiguration(), VZMacTrackpadConfiguration()]
    configuration.audioDevices = [VZVirtioSoundDeviceConfiguration()]
    configuration.storageDevices = [try disk("a.img"), try disk("b.img")]
    let network = VZVirtioNetworkDeviceConfiguration()
    network.attachment = VZNATNetworkDeviceAttachment()
    configuration.networkDevices = [network]
    let port = VZVirtioConsoleDeviceSerialPortConfiguration()
    port.attachment = VZFileHandleSerialPortAttachment(
      fileHandleForReading: nil, fileHandleForWriting: FileHandle(forWritingAtPath: "/dev/null"))
    configuration.serialPorts = [port]
    configuration.consoleDevices = [VZVirtioConsoleDeviceConfiguration()]
    configuration.entropyDevices = [VZVirtioEntropyDeviceConfiguration()]
    configuration.memoryBalloonDevices = [VZVirtioTraditionalMemoryBalloonDeviceConfiguration()]
    configuration.socketDevices = [VZVirtioSocketDeviceConfiguration()]
    configuration.directorySharingDevices = ["a", "b"].map { VZVirtioFileSystemDeviceConfiguration(tag: $0) }
    return configuration
  }
}
