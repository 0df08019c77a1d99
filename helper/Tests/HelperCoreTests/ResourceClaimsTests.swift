import Foundation
import HelperProtocol
import XCTest

@testable import HelperCore

/// Two parts of a machine that cannot both have one thing.
final class ResourceClaimsTests: XCTestCase {
  private var folder: TemporaryFolder!

  override func setUpWithError() throws { folder = try TemporaryFolder() }

  override func tearDown() { folder = nil }

  private func build(_ change: (inout MachineConfiguration) throws -> Void) throws {
    let kernel = try folder.file("vmlinuz", TestKernel.here)
    var wire = MachineConfiguration(
      cpuCount: 1, memorySize: 256 << 20, bootLoader: .linux(LinuxBootLoader(kernelPath: PathString(kernel))))
    try change(&wire)
    for purpose in [ConfigurationBuilder.Purpose.validation, .machine] {
      _ = try ConfigurationBuilder(for: purpose).build(wire)
    }
  }

  /// - Parameter first: the field that has the thing already.
  private func assertConflict(
    at path: String, with first: String, line: UInt = #line,
    _ change: (inout MachineConfiguration) throws -> Void
  ) {
    XCTAssertThrowsError(try build(change), line: line) {
      let error = WireError($0)
      XCTAssertEqual(error.kind, .invalidConfiguration, error.message, line: line)
      XCTAssertEqual(error.path, "params.configuration.\(path)", error.message, line: line)
      for field in [path, first] {
        XCTAssertTrue(error.message.contains("configuration.\(field) "), error.message, line: line)
      }
    }
  }

  private func path(_ name: String) -> PathString { PathString("\(folder.path)/\(name)") }

  private func disk(_ name: String, isReadOnly: Bool = false, identifier: String? = nil) -> StorageDevice {
    .virtioBlock(
      VirtioBlockDevice(
        attachment: .diskImage(DiskImageAttachment(path: path(name), isReadOnly: isReadOnly)),
        blockDeviceIdentifier: identifier))
  }

  private func file(_ name: String) -> SerialPort {
    .virtioConsole(VirtioConsoleSerialPort(attachment: .file(FileAttachment(path: path(name), append: true))))
  }

  private func stream(name: String? = nil, log: String? = nil) -> SerialPort {
    .virtioConsole(
      VirtioConsoleSerialPort(attachment: .stream(StreamAttachment(name: name, logPath: log.map(path)))))
  }

  private func network(_ forwards: PortForward..., mac: String? = nil) -> NetworkDevice {
    .virtio(VirtioNetworkDevice(macAddress: mac, attachment: .nat(NATAttachment(portForwards: forwards))))
  }

  func testFilesThatAreWrittenBelongToOnePart() throws {
    for name in ["a.img", "b.img"] { _ = try folder.file(name, Data(count: 1024)) }
    try FileManager.default.linkItem(atPath: "\(folder.path)/a.img", toPath: "\(folder.path)/link.img")
    try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/here", withDestinationPath: folder.path)
    XCTAssertNoThrow(try build { $0.storageDevices = [disk("a.img"), disk("b.img")] })
    XCTAssertNoThrow(
      try build { $0.storageDevices = [disk("a.img", isReadOnly: true), disk("link.img", isReadOnly: true)] })
    for second in ["a.img", "link.img", "here/a.img"] {
      assertConflict(at: "storageDevices[1].attachment.path", with: "storageDevices[0].attachment.path") {
        $0.storageDevices = [disk("a.img", isReadOnly: true), disk(second)]
      }
    }
    assertConflict(at: "serialPorts[0].attachment.path", with: "storageDevices[0].attachment.path") {
      $0.storageDevices = [disk("a.img", isReadOnly: true)]
      $0.serialPorts = [file("a.img")]
    }
    assertConflict(at: "serialPorts[0].attachment.logPath", with: "bootLoader.kernelPath") {
      $0.serialPorts = [stream(log: "vmlinuz")]
    }
    // Of files that are still to be made too.
    assertConflict(at: "serialPorts[1].attachment.path", with: "serialPorts[0].attachment.path") {
      $0.serialPorts = [file("new.log"), file("here/new.log")]
    }
    assertConflict(at: "serialPorts[1].attachment.logPath", with: "serialPorts[0].attachment.path") {
      $0.serialPorts = [file("new.log"), stream(log: "new.log")]
    }
    XCTAssertNoThrow(try build { $0.serialPorts = [file("one.log"), file("two.log")] })
    let null = SerialPort.virtioConsole(
      VirtioConsoleSerialPort(attachment: .file(FileAttachment(path: PathString("/dev/null")))))
    XCTAssertNoThrow(try build { $0.serialPorts = [null, null] })
  }

  func testNamesBelongToOnePart() throws {
    for name in ["a.img", "b.img"] { _ = try folder.file(name, Data(count: 1024)) }
    assertConflict(at: "storageDevices[1].blockDeviceIdentifier", with: "storageDevices[0].blockDeviceIdentifier") {
      $0.storageDevices = [disk("a.img", identifier: "data"), disk("b.img", identifier: "data")]
    }
    XCTAssertNoThrow(
      try build { $0.storageDevices = [disk("a.img", identifier: ""), disk("b.img", identifier: "")] })
    assertConflict(at: "networkDevices[1].macAddress", with: "networkDevices[0].macAddress") {
      $0.networkDevices = [network(mac: "52:54:00:aa:bb:cc"), network(mac: "52:54:00:AA:BB:CC")]
    }
    assertConflict(at: "directorySharingDevices[1].tag", with: "directorySharingDevices[0].tag") {
      $0.directorySharingDevices = ["tag", "tag"].map { .virtioFileSystem(VirtioFileSystemDevice(tag: $0)) }
    }
    assertConflict(at: "serialPorts[1].attachment.name", with: "serialPorts[0].attachment.name") {
      $0.serialPorts = [stream(name: "twin"), stream(name: "twin")]
    }
    assertConflict(at: "consoleDevices[1].ports[0].name", with: "consoleDevices[0].ports[0].name") {
      let port = ConsolePort(name: "org.example", attachment: .stream(StreamAttachment()))
      $0.consoleDevices = [.virtio(VirtioConsoleDevice(ports: [port])), .virtio(VirtioConsoleDevice(ports: [port]))]
    }
  }

  func testHostPortsBelongToOneForward() throws {
    let field = "attachment.portForwards"
    func tcp(_ port: UInt32, _ address: String? = nil) -> PortForward {
      PortForward(hostAddress: address, hostPort: port, guestPort: 22)
    }
    assertConflict(at: "networkDevices[0].\(field)[1].hostPort", with: "networkDevices[0].\(field)[0].hostPort") {
      $0.networkDevices = [network(tcp(40001), tcp(40001, "127.0.0.1"))]
    }
    for pair in [("0.0.0.0", "127.0.0.1"), ("127.0.0.1", "0.0.0.0"), ("0.0.0.0", "0.0.0.0")] {
      assertConflict(at: "networkDevices[1].\(field)[0].hostPort", with: "networkDevices[0].\(field)[0].hostPort") {
        $0.networkDevices = [network(tcp(40001, pair.0)), network(tcp(40001, pair.1))]
      }
    }
    XCTAssertNoThrow(try build { $0.networkDevices = [network(tcp(40001), tcp(40002)), network(tcp(0), tcp(0))] })
    #if os(Linux)
      XCTAssertNoThrow(
        try build {
          $0.networkDevices = [
            network(tcp(40001), tcp(40001, "127.0.0.2"), PortForward(transport: .udp, hostPort: 40001, guestPort: 53))
          ]
        })
    #endif
  }

  func testAnAddressThatIsNotTheHostsIsRefused() {
    for port: UInt32 in [0, 40001] {
      XCTAssertThrowsError(
        try build {
          $0.networkDevices = [network(PortForward(hostAddress: "192.0.2.1", hostPort: port, guestPort: 22))]
        }
      ) {
        let error = WireError($0)
        XCTAssertEqual(error.kind, .invalidConfiguration, error.message)
        XCTAssertEqual(
          error.path, "params.configuration.networkDevices[0].attachment.portForwards[0].hostAddress")
      }
    }
  }
}
