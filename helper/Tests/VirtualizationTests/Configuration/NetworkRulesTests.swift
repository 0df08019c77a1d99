import Virtualization
import XCTest

final class NetworkRulesTests: ConfigurationTestCase {
  func testAnAddressIsReadInEitherCaseAndWrittenInLowerCase() throws {
    let address = try XCTUnwrap(VZMACAddress(string: "01:23:45:AB:cd:Ef"))
    XCTAssertEqual(address.string, "01:23:45:ab:cd:ef")
    XCTAssertEqual(VZMACAddress(string: address.string), address)
    XCTAssertEqual(address.ethernetAddress.octet.5, 0xef)
    XCTAssertEqual(Set([address, VZMACAddress(ethernetAddress: address.ethernetAddress)]).count, 1)
  }

  func testAnythingElseIsNoAddress() {
    for text in [
      "", ":", "01:23:45:67:89", "01:23:45:67:89:ab:cd", "01-23-45-67-89-ab", "0123456789ab", "1:2:3:4:5:6",
      "01:23:45:67:89:ag", " 01:23:45:67:89:ab", "01:23:45:67:89:ab\n", "01:23:45:67:89:ab\0", "٠١:23:45:67:89:ab",
      "+1:23:45:67:89:ab", String(repeating: "0", count: 100_000),
    ] {
      XCTAssertNil(VZMACAddress(string: text), text.debugDescription)
    }
  }

  func testFlagsFollowTheBits() throws {
    let broadcast = try XCTUnwrap(VZMACAddress(string: "ff:ff:ff:ff:ff:ff"))
    XCTAssertTrue(broadcast.isBroadcastAddress && broadcast.isMulticastAddress && !broadcast.isUnicastAddress)
    let maker = try XCTUnwrap(VZMACAddress(string: "00:1b:63:84:45:e6"))
    XCTAssertTrue(maker.isUnicastAddress && maker.isUniversallyAdministeredAddress)
    XCTAssertFalse(maker.isBroadcastAddress || maker.isLocallyAdministeredAddress || maker.isMulticastAddress)
  }

  func testRandomAddressesAreLocalAndUnicastAndDiffer() {
    let addresses = (0..<200).map { _ in VZMACAddress.randomLocallyAdministered() }
    XCTAssertTrue(addresses.allSatisfy { $0.isLocallyAdministeredAddress && $0.isUnicastAddress })
    XCTAssertGreaterThan(Set(addresses).count, 190)
  }

  func testADeviceNeedsAnAttachmentAndAUnicastAddress() throws {
    try assertInvalid("networkDevices[0].attachment") { $0.networkDevices = [VZVirtioNetworkDeviceConfiguration()] }
    for address in ["ff:ff:ff:ff:ff:ff", "01:00:5e:00:00:01", "00:00:00:00:00:00"] {
      try assertInvalid("networkDevices[1].macAddress", address) {
        $0.networkDevices = [natDevice(), natDevice()]
        $0.networkDevices[1].macAddress = try XCTUnwrap(VZMACAddress(string: address))
      }
    }
    let configuration = try validConfiguration()
    configuration.networkDevices = [natDevice()]
    XCTAssertNoThrow(try configuration.validate())
  }

  func testAFileHandleAttachmentNeedsAConnectedDatagramSocket() throws {
    let (ours, theirs) = try socketPair(SOCK_DGRAM)
    let attachment = VZFileHandleNetworkDeviceAttachment(fileHandle: ours)
    XCTAssertEqual(attachment.maximumTransmissionUnit, 1500)
    let configuration = try validConfiguration()
    configuration.networkDevices = [natDevice()]
    configuration.networkDevices[0].attachment = attachment
    XCTAssertNoThrow(try configuration.validate())
    for unit in [1499, 0, -1, 65536, Int.max] {
      attachment.maximumTransmissionUnit = unit
      assertThrows(.invalidVirtualMachineConfiguration, "maximumTransmissionUnit", "\(unit)") {
        try configuration.validate()
      }
    }
    attachment.maximumTransmissionUnit = 65535
    XCTAssertNoThrow(try configuration.validate())
    try ours.close()
    try theirs.close()

    let (stream, _) = try socketPair(SOCK_STREAM)
    let loose = FileHandle(fileDescriptor: socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0), closeOnDealloc: true)
    let file = try FileHandle(forReadingFrom: try temporary.file("file"))
    for (handle, words) in [(stream, "datagram"), (loose, "not connected"), (file, "not an open socket")] {
      configuration.networkDevices[0].attachment = VZFileHandleNetworkDeviceAttachment(fileHandle: handle)
      assertThrows(.invalidVirtualMachineConfiguration, "networkDevices[0].attachment.fileHandle", words) {
        try configuration.validate()
      }
    }
  }

  func testForwardedPortsAreChecked() throws {
    let nat = VZNATNetworkDeviceAttachment()
    let configuration = try validConfiguration()
    configuration.networkDevices = [natDevice()]
    configuration.networkDevices[0].attachment = nat
    for (address, host, guest) in [("127.0.0.1", 2222, 0), ("localhost,", 1, 1), ("::1", 1, 1)] {
      nat.portForwards = [
        .init(transport: .tcp, hostAddress: address, hostPort: UInt16(host), guestPort: UInt16(guest))
      ]
      assertThrows(.invalidVirtualMachineConfiguration, "attachment.portForwards[0]") { try configuration.validate() }
    }
    nat.portForwards = [.init(transport: .tcp, hostAddress: "127.0.0.1", hostPort: 2222, guestPort: 22)]
    XCTAssertNoThrow(try configuration.validate())
  }

  private func natDevice() -> VZVirtioNetworkDeviceConfiguration {
    let device = VZVirtioNetworkDeviceConfiguration()
    device.attachment = VZNATNetworkDeviceAttachment()
    return device
  }

  private func socketPair(_ type: __socket_type) throws -> (FileHandle, FileHandle) {
    var descriptors: [Int32] = [-1, -1]
    XCTAssertEqual(socketpair(AF_UNIX, Int32(type.rawValue), 0, &descriptors), 0)
    return (
      FileHandle(fileDescriptor: descriptors[0], closeOnDealloc: true),
      FileHandle(fileDescriptor: descriptors[1], closeOnDealloc: true)
    )
  }
}
