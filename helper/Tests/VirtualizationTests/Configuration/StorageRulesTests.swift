import XCTest

@testable import Virtualization

final class StorageRulesTests: ConfigurationTestCase {
  private func attach(_ url: URL, readOnly: Bool = false) throws {
    _ = try VZDiskImageStorageDeviceAttachment(url: url, readOnly: readOnly)
  }

  func testAnAttachmentKeepsWhatItWasGiven() throws {
    let url = try temporary.file("disk.img")
    let plain = try VZDiskImageStorageDeviceAttachment(url: url, readOnly: true)
    XCTAssertEqual(plain.url, url)
    XCTAssertTrue(plain.isReadOnly)
    XCTAssertEqual(plain.cachingMode, .automatic)
    XCTAssertEqual(plain.synchronizationMode, .full)
    let full = try VZDiskImageStorageDeviceAttachment(
      url: url, readOnly: false, cachingMode: .uncached, synchronizationMode: .none)
    XCTAssertEqual(full.cachingMode.rawValue, 1)
    XCTAssertEqual(full.synchronizationMode.rawValue, 3)
  }

  func testADiskImageMustExistAndBeARegularFile() throws {
    assertThrows(.invalidDiskImage, "missing.img", "No such file") {
      try attach(temporary.url.appendingPathComponent("missing.img"))
    }
    assertThrows(.invalidDiskImage, "directory") { try attach(temporary.url) }
    assertThrows(.invalidDiskImage, "not a regular file") { try attach(URL(fileURLWithPath: "/dev/null")) }
    assertThrows(.invalidDiskImage, "file URL") { try attach(URL(string: "nbd://localhost/disk")!) }
  }

  func testADiskImageHasWholeSectors() throws {
    assertThrows(.invalidDiskImage, "513 bytes", "512") { try attach(try temporary.file("odd.img", size: 513)) }
    assertThrows(.invalidDiskImage, "empty") { try attach(try temporary.file("empty.img", size: 0)) }
    XCTAssertNoThrow(try attach(try temporary.file("sector.img", size: 512)))
  }

  func testAWritableAttachmentNeedsAWritableFile() throws {
    let url = try temporary.file("disk.img")
    try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: url.path)
    // Root may write every file, so root's tests become somebody else for a moment.
    let isRoot = geteuid() == 0
    if isRoot { XCTAssertEqual(seteuid(65534), 0) }
    defer { if isRoot { seteuid(0) } }
    assertThrows(.invalidDiskImage, "Permission denied") { try attach(url) }
    XCTAssertNoThrow(try attach(url, readOnly: true))
  }

  func testADiskThatVanishedIsNamedWithItsPlace() throws {
    let configuration = try validConfiguration()
    configuration.storageDevices = [try disk("first.img"), try disk("second.img")]
    XCTAssertNoThrow(try configuration.validate())
    try FileManager.default.removeItem(at: temporary.url.appendingPathComponent("second.img"))
    assertThrows(.invalidDiskImage, "storageDevices[1].attachment", "second.img") { try configuration.validate() }
  }

  func testAFileIsTheWritableDiskOfOneDeviceOnly() throws {
    try assertInvalid("storageDevices[1].attachment", "storageDevices[0]") {
      $0.storageDevices = [try self.disk("disk.img"), try self.disk("disk.img")]
    }
    try assertInvalid("storageDevices[1]") {
      $0.storageDevices = [try self.disk("disk.img", readOnly: true), try self.disk("disk.img")]
    }
    let link = temporary.url.appendingPathComponent("link.img")
    try FileManager.default.createSymbolicLink(
      at: link, withDestinationURL: temporary.url.appendingPathComponent("disk.img"))
    try assertInvalid("storageDevices[1]") {
      $0.storageDevices = [try self.disk("disk.img"), try self.disk("link.img")]
    }
    let configuration = try validConfiguration()
    configuration.storageDevices = [try disk("disk.img", readOnly: true), try disk("disk.img", readOnly: true)]
    XCTAssertNoThrow(try configuration.validate())
  }

  func testABlockDeviceIdentifierIsShortAscii() throws {
    for identifier in ["", "a", "12345678901234567890"] {
      XCTAssertNoThrow(try VZVirtioBlockDeviceConfiguration.validateBlockDeviceIdentifier(identifier))
    }
    for identifier in ["123456789012345678901", "é", "a\0b"] {
      assertThrows(.invalidVirtualMachineConfiguration) {
        try VZVirtioBlockDeviceConfiguration.validateBlockDeviceIdentifier(identifier)
      }
    }
  }
}
