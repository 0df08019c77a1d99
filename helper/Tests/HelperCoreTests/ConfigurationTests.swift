import Foundation
import HelperProtocol
import XCTest

@testable import HelperCore

final class ConfigurationTests: XCTestCase {
  private var folder: TemporaryFolder!

  override func setUpWithError() throws { folder = try TemporaryFolder() }

  override func tearDown() { folder = nil }

  private func wire(_ change: (inout MachineConfiguration) throws -> Void = { _ in }) throws -> MachineConfiguration {
    let kernel = try folder.file("vmlinuz", TestKernel.here)
    var wire = MachineConfiguration(
      cpuCount: 1, memorySize: 256 << 20, bootLoader: .linux(LinuxBootLoader(kernelPath: PathString(kernel))))
    try change(&wire)
    return wire
  }

  private func build(
    for purpose: ConfigurationBuilder.Purpose = .machine, _ change: (inout MachineConfiguration) throws -> Void
  ) throws -> BuiltConfiguration {
    try ConfigurationBuilder(for: purpose).build(wire(change))
  }

  private func assertFails(
    _ kind: ErrorKind, at path: String? = nil, line: UInt = #line,
    _ change: (inout MachineConfiguration) throws -> Void
  ) {
    XCTAssertThrowsError(try build(change), line: line) {
      let error = WireError($0)
      XCTAssertEqual(error.kind, kind, error.message, line: line)
      XCTAssertEqual(error.path, path.map { "params.configuration.\($0)" }, error.message, line: line)
    }
  }

  private func disk(_ name: String) -> StorageDevice {
    .virtioBlock(
      VirtioBlockDevice(attachment: .diskImage(DiskImageAttachment(path: PathString("\(folder.path)/\(name)")))))
  }

  private func stream(_ attachment: StreamAttachment) -> SerialPort {
    .virtioConsole(VirtioConsoleSerialPort(attachment: .stream(attachment)))
  }

  func testFillsInEverythingThatWasLeftOpen() throws {
    _ = try folder.file("disk.img", Data(count: 1024))
    let built = try build {
      $0.storageDevices = [disk("disk.img")]
      $0.networkDevices = [
        .virtio(
          VirtioNetworkDevice(attachment: .nat(NATAttachment(portForwards: [PortForward(hostPort: 0, guestPort: 22)]))))
      ]
      $0.serialPorts = [stream(StreamAttachment()), stream(StreamAttachment())]
      $0.consoleDevices = [.virtio(VirtioConsoleDevice(ports: [ConsolePort(attachment: .stream(StreamAttachment()))]))]
    }
    guard case .generic(let platform)? = built.resolved.platform,
      case .virtioBlock(let block)? = built.resolved.storageDevices?.first,
      case .diskImage(let image) = block.attachment,
      case .virtio(let network)? = built.resolved.networkDevices?.first, case .nat(let nat) = network.attachment
    else { return XCTFail("\(built.resolved)") }
    XCTAssertNotNil(platform.machineIdentifier)
    XCTAssertEqual([image.isReadOnly], [false])
    XCTAssertEqual(image.cachingMode, .cached)
    XCTAssertEqual(image.synchronizationMode, .fsync)
    XCTAssertEqual(network.macAddress?.count, 17)
    XCTAssertGreaterThan(nat.portForwards?.first?.hostPort ?? 0, 0)
    XCTAssertEqual(built.consoles.map(\.name), ["serial0", "serial1", "console0.port0"])
    XCTAssertEqual(built.disks.map(\.isReadOnly), [false])
    // What comes out goes in again and stays the same.
    XCTAssertEqual(try ConfigurationBuilder(for: .machine).build(built.resolved).resolved, built.resolved)
  }

  func testNamesTheFieldOfAMissingFile() {
    assertFails(.fileNotFound, at: "bootLoader.kernelPath") {
      $0.bootLoader = .linux(LinuxBootLoader(kernelPath: PathString("/nowhere/vmlinuz")))
    }
    assertFails(.fileNotFound, at: "storageDevices[0].attachment.path") { $0.storageDevices = [disk("missing.img")] }
    assertFails(.fileNotFound, at: "directorySharingDevices[0].share.directory.path") {
      let share = DirectoryShare.single(SingleDirectoryShare(directory: SharedDirectory(path: PathString("/nowhere"))))
      $0.directorySharingDevices = [.virtioFileSystem(VirtioFileSystemDevice(tag: "tag", share: share))]
    }
    assertFails(.fileNotFound, at: "serialPorts[0].attachment.logPath") {
      $0.serialPorts = [stream(StreamAttachment(logPath: PathString("/nowhere/console.log")))]
    }
  }

  func testRefusesWhatTheFrameworkWouldEndTheProcessFor() throws {
    _ = try folder.file("disk.img", Data(count: 1024))
    let disk = disk("disk.img")
    assertFails(.invalidConfiguration) {
      guard case .virtioBlock(var block) = disk else { return }
      block.blockDeviceIdentifier = "ü"
      $0.storageDevices = [.virtioBlock(block)]
    }
    assertFails(.invalidConfiguration) {
      let directory = SharedDirectory(path: PathString(folder.path))
      let share = DirectoryShare.multiple(MultipleDirectoryShare(directories: ["..": directory]))
      $0.directorySharingDevices = [.virtioFileSystem(VirtioFileSystemDevice(tag: "tag", share: share))]
    }
  }

  func testChecksRangesAndNames() {
    for (size, isGood) in [(4095, false), (4096, true), (64 << 20, true), ((64 << 20) + 1, false)] as [(UInt32, Bool)] {
      let attachment = StreamAttachment(replaySize: size)
      if isGood {
        XCTAssertNoThrow(try build { $0.serialPorts = [stream(attachment)] })
      } else {
        assertFails(.invalidParams, at: "serialPorts[0].attachment.replaySize") {
          $0.serialPorts = [stream(attachment)]
        }
      }
    }
    assertFails(.invalidParams, at: "serialPorts[0].attachment.name") {
      $0.serialPorts = [stream(StreamAttachment(name: ""))]
    }
    assertFails(.invalidParams, at: "networkDevices[0].macAddress") {
      $0.networkDevices = [.virtio(VirtioNetworkDevice(macAddress: "52:54", attachment: .nat(NATAttachment())))]
    }
    for (forward, field) in [
      (PortForward(hostPort: 65536, guestPort: 22), "hostPort"), (PortForward(hostPort: 22, guestPort: 0), "guestPort"),
      (PortForward(hostAddress: "localhost", hostPort: 22, guestPort: 22), "hostAddress"),
    ] {
      assertFails(.invalidParams, at: "networkDevices[0].attachment.portForwards[0].\(field)") {
        $0.networkDevices = [.virtio(VirtioNetworkDevice(attachment: .nat(NATAttachment(portForwards: [forward]))))]
      }
    }
    assertFails(.invalidParams, at: "platform.machineIdentifier") {
      $0.platform = .generic(GenericPlatform(machineIdentifier: Data([1, 2, 3])))
    }
  }

  func testAKernelThatCannotBeBootedAndALineThatIsTooLongAreRefused() throws {
    let packed = try folder.file("vmlinux.xz", Data([0xfd, 0x37, 0x7a, 0x58, 0x5a]) + Data(count: 4096))
    assertFails(.invalidConfiguration, at: "bootLoader.kernelPath") {
      $0.bootLoader = .linux(LinuxBootLoader(kernelPath: PathString(packed)))
    }
    let kernel = try folder.file("kernel", TestKernel.here)
    func line(_ length: Int) -> (inout MachineConfiguration) -> Void {
      let text = String(repeating: "x", count: length)
      return { $0.bootLoader = .linux(LinuxBootLoader(kernelPath: PathString(kernel), commandLine: text)) }
    }
    XCTAssertNoThrow(try build(line(2047)))
    assertFails(.invalidConfiguration, at: "bootLoader.commandLine", line(2048))
  }

  func testValidatingMakesNothing() throws {
    let built = try build(for: .validation) {
      $0.serialPorts = [
        stream(StreamAttachment(logPath: PathString("\(folder.path)/console.log"))),
        .virtioConsole(
          VirtioConsoleSerialPort(attachment: .file(FileAttachment(path: PathString("\(folder.path)/file"))))),
      ]
    }
    XCTAssertEqual(built.consoles.count, 0)
    XCTAssertEqual(folder.names, ["vmlinuz"])
  }
}
