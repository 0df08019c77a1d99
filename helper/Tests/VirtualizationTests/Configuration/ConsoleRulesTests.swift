import Virtualization
import XCTest

final class ConsoleRulesTests: ConfigurationTestCase {
  func testAMachineHasAtMostTenSerialPorts() throws {
    let configuration = try validConfiguration()
    configuration.serialPorts = (0..<10).map { _ in VZVirtioConsoleDeviceSerialPortConfiguration() }
    XCTAssertNoThrow(try configuration.validate())
    try assertInvalid("serialPorts", "11", "10") {
      $0.serialPorts = (0..<11).map { _ in VZVirtioConsoleDeviceSerialPortConfiguration() }
    }
  }

  func testAFileIsWritableOrCanBeMade() throws {
    let new = temporary.url.appendingPathComponent("console.log")
    let attachment = try VZFileSerialPortAttachment(url: new, append: true)
    XCTAssertTrue(attachment.append)
    XCTAssertFalse(FileManager.default.fileExists(atPath: new.path), "attaching alone leaves nothing behind")
    XCTAssertNoThrow(try VZFileSerialPortAttachment(url: try temporary.file("there.log"), append: false))
    assertThrows(.invalidVirtualMachineConfiguration, "directory") {
      _ = try VZFileSerialPortAttachment(url: temporary.url, append: false)
    }
    assertThrows(.invalidVirtualMachineConfiguration, "no/such/folder") {
      _ = try VZFileSerialPortAttachment(
        url: temporary.url.appendingPathComponent("no/such/folder/console.log"), append: false)
    }
  }

  func testAFolderThatVanishedIsFoundByValidation() throws {
    let folder = try temporary.folder("logs")
    let configuration = try validConfiguration()
    let port = VZVirtioConsoleDeviceSerialPortConfiguration()
    port.attachment = try VZFileSerialPortAttachment(url: folder.appendingPathComponent("console.log"), append: false)
    configuration.serialPorts = [port]
    XCTAssertNoThrow(try configuration.validate())
    try FileManager.default.removeItem(at: folder)
    assertThrows(.invalidVirtualMachineConfiguration, "serialPorts[0].attachment") { try configuration.validate() }
  }

  func testFileHandlesMayBeOneOrNone() throws {
    let pipe = Pipe()
    let both = VZFileHandleSerialPortAttachment(
      fileHandleForReading: pipe.fileHandleForReading, fileHandleForWriting: nil)
    XCTAssertTrue(both.fileHandleForReading === pipe.fileHandleForReading)
    XCTAssertNil(both.fileHandleForWriting)
    let configuration = try validConfiguration()
    let port = VZVirtioConsoleDeviceSerialPortConfiguration()
    port.attachment = both
    configuration.serialPorts = [port]
    XCTAssertNoThrow(try configuration.validate())
    try pipe.fileHandleForReading.close()
    assertThrows(.invalidVirtualMachineConfiguration, "serialPorts[0].attachment.fileHandleForReading") {
      try configuration.validate()
    }
  }

  func testAgentsPortHasItsNameAndIsNoConsole() throws {
    func device(_ name: String?, isConsole: Bool = false) -> VZVirtioConsoleDeviceConfiguration {
      let device = VZVirtioConsoleDeviceConfiguration()
      let port = VZVirtioConsolePortConfiguration()
      port.name = name
      port.isConsole = isConsole
      port.attachment = VZSpiceAgentPortAttachment()
      device.ports[0] = port
      return device
    }
    let configuration = try validConfiguration()
    configuration.consoleDevices = [device("com.redhat.spice.0")]
    XCTAssertNoThrow(try configuration.validate())
    try assertInvalid("consoleDevices[0].ports[0].name", "com.redhat.spice.0") { $0.consoleDevices = [device(nil)] }
    try assertInvalid("consoleDevices[0].ports[0].isConsole") {
      $0.consoleDevices = [device("com.redhat.spice.0", isConsole: true)]
    }
    let serialPort = VZVirtioConsoleDeviceSerialPortConfiguration()
    serialPort.attachment = VZSpiceAgentPortAttachment()
    try assertInvalid("serialPorts[0].attachment", "SPICE") { $0.serialPorts = [serialPort] }
  }

  func testPortsAreNumberedWithGaps() throws {
    let ports = VZVirtioConsoleDeviceConfiguration().ports
    XCTAssertNil(ports[0])
    XCTAssertNil(ports[-1])
    XCTAssertEqual(ports.maximumPortCount, 0)
    let port = VZVirtioConsolePortConfiguration()
    XCTAssertNil(port.name)
    XCTAssertFalse(port.isConsole)
    ports[4] = port
    XCTAssertTrue(ports[4] === port)
    XCTAssertEqual(ports.maximumPortCount, 5)
    ports[4] = nil
    XCTAssertEqual(ports.maximumPortCount, 0)
  }

  func testTheMaximumPortCountCoversEveryPort() throws {
    try assertInvalid("consoleDevices[0].ports.maximumPortCount", "4") {
      $0.consoleDevices = [self.console(port: 4) { $0.maximumPortCount = 4 }]
    }
    try assertInvalid("ports[31]", code: .notSupported) { $0.consoleDevices = [self.console(port: 31)] }
    try assertInvalid("ports[-1]") { $0.consoleDevices = [self.console(port: -1)] }
    try assertInvalid("ports[\(Int.max)]", code: .notSupported) { $0.consoleDevices = [self.console(port: .max)] }
    try assertInvalid("maximumPortCount", code: .notSupported) {
      $0.consoleDevices = [self.console(port: 0) { $0.maximumPortCount = 32 }]
    }
    let configuration = try validConfiguration()
    configuration.consoleDevices = [console(port: 30) { $0.maximumPortCount = 31 }]
    XCTAssertNoThrow(try configuration.validate())
  }

  private func console(
    port: Int, change: (VZVirtioConsolePortConfigurationArray) -> Void = { _ in }
  ) -> VZVirtioConsoleDeviceConfiguration {
    let device = VZVirtioConsoleDeviceConfiguration()
    device.ports[port] = VZVirtioConsolePortConfiguration()
    change(device.ports)
    return device
  }
}
