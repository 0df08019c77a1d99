import Foundation
import HelperProtocol
import XCTest

@testable import HelperCore

final class DiskLockTests: XCTestCase {
  private var folder: TemporaryFolder!
  private var image = ""

  override func setUpWithError() throws {
    folder = try TemporaryFolder()
    image = try folder.file("disk.img", Data(count: 512))
  }

  override func tearDown() { folder = nil }

  private func lock(_ isReadOnly: Bool, owner: String = "me", image: String? = nil) throws -> DiskLock {
    try DiskLock(image: image ?? self.image, isReadOnly: isReadOnly, owner: owner, folder: "\(folder.path)/locks")
  }

  func testAWriterIsAlone() throws {
    let first = try lock(false, owner: "builder")
    for isReadOnly in [false, true] {
      XCTAssertThrowsError(try lock(isReadOnly)) { error in
        let error = error as? WireError
        XCTAssertEqual(error?.kind, .inUse)
        for part in [image, "builder", String(getpid())] {
          XCTAssertTrue(error?.message.contains(part) ?? false, "\(part) is missing in \(error?.message ?? "")")
        }
      }
    }
    withExtendedLifetime(first) {}
  }

  func testReadersShare() throws {
    let readers = try [lock(true, owner: "one"), lock(true, owner: "two")]
    XCTAssertThrowsError(try lock(false)) { error in
      XCTAssertTrue("\(error)".contains("one") && "\(error)".contains("two"), "\(error)")
    }
    withExtendedLifetime(readers) {}
  }

  func testIsFreeWhenLetGo() throws {
    _ = try lock(false, owner: "gone")
    let again = try lock(false, owner: "again")
    XCTAssertThrowsError(try lock(true)) { XCTAssertFalse("\($0)".contains("gone"), "\($0)") }
    withExtendedLifetime(again) {}
  }

  func testLeavesNoFileBehind() throws {
    _ = try lock(false)
    _ = try [lock(true), lock(true)]
    XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/locks"), [])
  }

  func testKnowsAFileByWhatItIsNotByItsName() throws {
    let other = "\(folder.path)/other-name.img"
    try FileManager.default.linkItem(atPath: image, toPath: other)
    let first = try lock(false)
    XCTAssertThrowsError(try lock(false, image: other))
    withExtendedLifetime(first) {}
  }

  func testAMachineHasOneImageTwiceWithoutBeingInItsOwnWay() throws {
    setenv("XDG_CACHE_HOME", folder.path, 1)
    defer { unsetenv("XDG_CACHE_HOME") }
    let uses = [DiskUse(path: image, isReadOnly: true), DiskUse(path: image, isReadOnly: false)]
    let run = try MachineRun(disks: uses, owner: "both")
    XCTAssertThrowsError(try DiskLock(image: image, isReadOnly: true, owner: "late"))
    run.end()
    XCTAssertNoThrow(try DiskLock(image: image, isReadOnly: false, owner: "late"))
  }
}
