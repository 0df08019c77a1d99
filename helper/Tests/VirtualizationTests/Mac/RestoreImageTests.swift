import CVirtualization
import XCTest

@testable import Virtualization

/// Restore images as they come, and as somebody might make them to do harm.
final class RestoreImageTests: MacTestCase {
  private func manifest(_ change: (inout [String: Any]) -> Void = { _ in }) throws -> Data {
    var info: [String: Any] = [
      "DeviceClass": "vma2macosap", "RestoreBehavior": "Erase", "VirtualMachineMinCPUCount": 2,
      "VirtualMachineMinHostOS": "13.0.0", "VirtualMachineMinMemorySizeMB": 4096,
    ]
    change(&info)
    return try PropertyListSerialization.data(
      fromPropertyList: [
        "ProductVersion": "15.6.1", "ProductBuildVersion": "24G90", "BuildIdentities": [["Info": info]],
      ], format: .xml, options: 0)
  }

  private func restore(build: String = "24G90") throws -> Data {
    try PropertyListSerialization.data(
      fromPropertyList: ["ProductBuildVersion": build], format: .binary, options: 0)
  }

  private func members(_ manifest: Data? = nil) throws -> [TestArchive.Member] {
    [
      TestArchive.Member("BuildManifest.plist", try manifest ?? self.manifest()),
      TestArchive.Member("Restore.plist", try restore()),
    ]
  }

  private func load(_ bytes: Data) throws -> VZMacOSRestoreImage {
    let url = temporary.url.appendingPathComponent("image.ipsw")
    try bytes.write(to: url)
    return try load(url)
  }

  private func load(_ url: URL) throws -> VZMacOSRestoreImage {
    let loaded = expectation(description: "loaded")
    var result: Result<VZMacOSRestoreImage, any Error>?
    VZMacOSRestoreImage.load(from: url) {
      result = $0
      loaded.fulfill()
    }
    wait(for: [loaded], timeout: 60)
    return try XCTUnwrap(result).get()
  }

  private func assertBroken(_ words: String, line: UInt = #line, _ bytes: () throws -> Data) {
    assertThrows(.invalidRestoreImage, words, line: line) { _ = try self.load(bytes()) }
  }

  func testReadsWhatItSays() throws {
    for isLarge in [false, true] {
      let image = try load(TestArchive(try members(), isLarge: isLarge).bytes)
      XCTAssertEqual(image.operatingSystemVersion.majorVersion, 15)
      XCTAssertEqual(image.operatingSystemVersion.patchVersion, 1)
      XCTAssertEqual(image.buildVersion, "24G90")
      let needs = try XCTUnwrap(image.mostFeaturefulSupportedConfiguration)
      XCTAssertEqual(needs.minimumSupportedCPUCount, 2)
      XCTAssertEqual(needs.minimumSupportedMemorySize, 4096 << 20)
      XCTAssertEqual(needs.hardwareModel, try hardwareModel(minimum: [13, 0, 0]))
    }
  }

  func testWithoutTheStandInItIsReadAndNotSupported() throws {
    unsetenv("VZKIT_STANDIN_MAC")
    let image = try load(TestArchive(try members()).bytes)
    XCTAssertEqual(image.buildVersion, "24G90")
    XCTAssertFalse(image.isSupported)
    XCTAssertNil(image.mostFeaturefulSupportedConfiguration)
    XCTAssertTrue(image.problem?.contains("Apple silicon") ?? false)
  }

  func testManifestsThatDoNotFit() throws {
    assertBroken("vma2macosap") { try TestArchive(self.members(self.manifest { $0["DeviceClass"] = "j313ap" })).bytes }
    for key in ["VirtualMachineMinCPUCount", "VirtualMachineMinHostOS", "VirtualMachineMinMemorySizeMB"] {
      assertBroken("what a virtual Mac needs") {
        try TestArchive(self.members(self.manifest { $0[key] = "many" })).bytes
      }
    }
    assertBroken("no property list") { try TestArchive(self.members(Data("text".utf8))).bytes }
    assertBroken("has no Restore.plist") { try TestArchive([self.members()[0]]).bytes }
    assertBroken("another build") {
      try TestArchive([self.members()[0], TestArchive.Member("Restore.plist", self.restore(build: "1A1"))]).bytes
    }
  }

  func testHostileArchives() throws {
    for name in ["../escape", "a/../../b", "/absolute", "a\\b", "nul\0"] {
      assertBroken("leads out") { try TestArchive(self.members() + [TestArchive.Member(name, Data("x".utf8))]).bytes }
    }
    assertBroken("two members") { try TestArchive(self.members() + [self.members()[0]]).bytes }
    assertBroken("share bytes") {
      var list = try self.members()
      list.append(TestArchive.Member("overlapping", list[0].content, offset: 0))
      return try TestArchive(list).bytes
    }
    // A bomb: it claims more than such a file may have.
    assertBroken("claims") {
      var list = try self.members()
      list[0].claimedSize = 1 << 31
      list[0].method = 8
      return try TestArchive(list).bytes
    }
    // Another: it unpacks to more than it claims.
    assertBroken("cannot be read") {
      var list = try self.members()
      list[0].method = 8
      list[0].claimedSize = 10
      return try TestArchive(list).bytes
    }
    assertBroken("damaged") {
      var list = try self.members()
      list[0].checksum = 1
      return try TestArchive(list).bytes
    }
  }

  func testWhatAPackerMakesOfARestoreImageIsNamed() throws {
    assertBroken("9 bytes follow its end") { try TestArchive(try self.members()).bytes + Data(count: 9) }
    assertBroken("a restore image lies, UniversalMac.ipsw") {
      let image = try TestArchive(try self.members()).bytes
      return try TestArchive([
        TestArchive.Member("__MACOSX/._UniversalMac.ipsw", Data("x".utf8)),
        TestArchive.Member("UniversalMac.ipsw", image),
      ]).bytes
    }
    assertBroken("its files lie in the folder UniversalMac") {
      let inside = try self.members().map { member in
        TestArchive.Member("UniversalMac/\(member.name)", member.content)
      }
      return try TestArchive(inside).bytes
    }
  }

  func testFilesThatAreNoArchive() throws {
    assertBroken("too short") { Data() }
    assertBroken("no zip archive") { Data(repeating: 0x50, count: 100_000) }
    assertThrows(.restoreImageLoadFailed, "cannot be read") { _ = try self.load(URL(fileURLWithPath: "/nowhere.ipsw")) }
    assertBroken("regular file") {
      _ = try self.load(self.temporary.url)
      return Data()
    }
  }

  /// Cut at every length and with every byte of the directory changed: an error or a whole image, and no crash.
  func testEveryCutAndEveryWrongByte() throws {
    let url = temporary.url.appendingPathComponent("image.ipsw")
    for isLarge in [false, true] {
      let whole = try TestArchive(try members(), isLarge: isLarge).bytes
      for length in stride(from: 0, to: whole.count, by: 7) {
        try whole.prefix(length).write(to: url)
        XCTAssertThrowsError(try RestoreImageContents.read(url))
      }
      for index in whole.indices.suffix(350) {
        for byte in [0, 0xff] as [UInt8] {
          var changed = whole
          changed[index] = byte
          try changed.write(to: url)
          do {
            let build = try RestoreImageContents.read(url).contents.build
            XCTAssertTrue((1...32).contains(build.utf8.count))
          } catch {
            XCTAssertEqual((error as? VZError)?.code, .invalidRestoreImage, "\(error)")
          }
        }
      }
    }
  }
}

/// A zip archive with whatever mistakes a test wants.
struct TestArchive {
  struct Member {
    let name: String
    let content: Data
    var method: UInt16 = 0
    var claimedSize: UInt64?
    var checksum: UInt32?
    var offset: UInt64?

    init(_ name: String, _ content: Data, offset: UInt64? = nil) {
      (self.name, self.content, self.offset) = (name, content, offset)
    }
  }

  let bytes: Data

  init(_ members: [Member], isLarge: Bool = false) throws {
    var file = Data()
    var directory = Data()
    for member in members {
      let start = member.offset ?? UInt64(file.count)
      // Stored blocks are deflate too.
      let stored = member.method == 8 ? Self.deflated(member.content) : member.content
      let sum = member.checksum ?? member.content.withUnsafeBytes { vz_crc32(0, $0.baseAddress, $0.count) }
      let size = member.claimedSize ?? UInt64(member.content.count)
      let name = Data(member.name.utf8)
      if member.offset == nil {
        file += Self.fields((4, 0x0403_4b50), (2, 20), (2, 0), (2, UInt64(member.method)), (4, 0), (4, UInt64(sum)))
        file += Self.fields((4, UInt64(stored.count)), (4, size), (2, UInt64(name.count)), (2, 0)) + name + stored
      }
      let extra =
        isLarge ? Self.fields((2, 1), (2, 24), (8, size), (8, UInt64(stored.count)), (8, start)) : Data()
      let hidden: UInt64 = 0xffff_ffff
      directory += Self.fields((4, 0x0201_4b50), (2, 20), (2, 20), (2, 0), (2, UInt64(member.method)), (4, 0))
      directory += Self.fields(
        (4, UInt64(sum)), (4, isLarge ? hidden : UInt64(stored.count)), (4, isLarge ? hidden : size))
      directory += Self.fields((2, UInt64(name.count)), (2, UInt64(extra.count)), (2, 0), (2, 0), (2, 0), (4, 0))
      directory += Self.fields((4, isLarge ? hidden : start)) + name + extra
    }
    let (start, count) = (UInt64(file.count), UInt64(members.count))
    file += directory
    if isLarge {
      let record = UInt64(file.count)
      file += Self.fields((4, 0x0606_4b50), (8, 44), (2, 45), (2, 45), (4, 0), (4, 0), (8, count), (8, count))
      file += Self.fields((8, UInt64(directory.count)), (8, start), (4, 0x0706_4b50), (4, 0), (8, record), (4, 1))
      file += Self.fields(
        (4, 0x0605_4b50), (2, 0), (2, 0), (2, 0xffff), (2, 0xffff), (4, 0xffff_ffff), (4, 0xffff_ffff))
    } else {
      file += Self.fields((4, 0x0605_4b50), (2, 0), (2, 0), (2, count), (2, count))
      file += Self.fields((4, UInt64(directory.count)), (4, start))
    }
    bytes = file + Self.fields((2, 0))
  }

  private static func deflated(_ content: Data) -> Data {
    let length = UInt64(content.count)
    return fields((1, 1), (2, length), (2, ~length & 0xffff)) + content
  }

  private static func fields(_ fields: (size: Int, value: UInt64)...) -> Data {
    var data = Data()
    for field in fields {
      for byte in 0..<field.size { data.append(UInt8(truncatingIfNeeded: field.value >> (8 * byte))) }
    }
    return data
  }
}
