import Virtualization
import XCTest

final class SharingRulesTests: ConfigurationTestCase {
  func testATagHasOneToThirtyFiveBytes() throws {
    XCTAssertNoThrow(try VZVirtioFileSystemDeviceConfiguration.validateTag(String(repeating: "t", count: 35)))
    XCTAssertNoThrow(
      try VZVirtioFileSystemDeviceConfiguration.validateTag(
        VZVirtioFileSystemDeviceConfiguration.macOSGuestAutomountTag))
    for tag in ["", String(repeating: "t", count: 36), String(repeating: "é", count: 18), "a\0b"] {
      assertThrows(.invalidVirtualMachineConfiguration) {
        try VZVirtioFileSystemDeviceConfiguration.validateTag(tag)
      }
      try assertInvalid("directorySharingDevices[0].tag") {
        $0.directorySharingDevices = [VZVirtioFileSystemDeviceConfiguration(tag: tag)]
      }
    }
  }

  func testATagIsUsedOnce() throws {
    try assertInvalid("directorySharingDevices[1].tag", "directorySharingDevices[0]") {
      $0.directorySharingDevices = (0..<2).map { _ in VZVirtioFileSystemDeviceConfiguration(tag: "share") }
    }
  }

  func testSharedDirectoriesExist() throws {
    let missing = VZSharedDirectory(url: temporary.url.appendingPathComponent("missing"), readOnly: false)
    let file = VZSharedDirectory(url: try temporary.file("file"), readOnly: true)
    let good = VZSharedDirectory(url: temporary.url, readOnly: true)
    try assertInvalid("directorySharingDevices[0].share.directory.url", "No such file") {
      $0.directorySharingDevices = [self.device(VZSingleDirectoryShare(directory: missing))]
    }
    try assertInvalid("share.directories[\"b\"].url", "not a directory") {
      $0.directorySharingDevices = [self.device(VZMultipleDirectoryShare(directories: ["a": good, "b": file]))]
    }
    let configuration = try validConfiguration()
    configuration.directorySharingDevices = [device(VZMultipleDirectoryShare(directories: ["a": good]))]
    XCTAssertNoThrow(try configuration.validate())
    XCTAssertTrue(VZMultipleDirectoryShare().directories.isEmpty)
  }

  func testNamesOfDirectoriesAreFileNames() {
    for name in ["a", "My Project", "...", "日本", String(repeating: "n", count: 255)] {
      XCTAssertNoThrow(try VZMultipleDirectoryShare.validateName(name))
      XCTAssertEqual(VZMultipleDirectoryShare.canonicalizedName(from: name), name)
    }
    for name in ["", ".", "..", "a/b", "../up", "nul\0", "line\nfeed", String(repeating: "n", count: 256)] {
      assertThrows(.invalidVirtualMachineConfiguration) { try VZMultipleDirectoryShare.validateName(name) }
    }
  }

  func testCanonicalNamesAreValidOrNil() throws {
    XCTAssertEqual(VZMultipleDirectoryShare.canonicalizedName(from: "a/b\0c"), "a_b_c")
    XCTAssertEqual(VZMultipleDirectoryShare.canonicalizedName(from: "e\u{301}"), "\u{e9}")
    for name in ["", ".", ".."] { XCTAssertNil(VZMultipleDirectoryShare.canonicalizedName(from: name)) }
    let long = try XCTUnwrap(VZMultipleDirectoryShare.canonicalizedName(from: String(repeating: "日", count: 200)))
    XCTAssertEqual(long, String(repeating: "日", count: 85))
    XCTAssertNoThrow(try VZMultipleDirectoryShare.validateName(long))
  }

  private func device(_ share: VZDirectoryShare) -> VZVirtioFileSystemDeviceConfiguration {
    let device = VZVirtioFileSystemDeviceConfiguration(tag: "share")
    device.share = share
    return device
  }
}
