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

  private func lock(_ isReadOnly: Bool, owner: LockOwner = .machine("me"), image: String? = nil) throws -> DiskLock {
    try DiskLock(image: image ?? self.image, isReadOnly: isReadOnly, owner: owner, folder: "\(folder.path)/locks")
  }

  func testAWriterIsAlone() throws {
    let first = try lock(false, owner: .machine("builder"))
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

  func testNamesARequestAsWhatItIs() throws {
    let clone = try lock(true, owner: .request("bundle.clone"))
    XCTAssertThrowsError(try lock(false)) { error in
      let message = (error as? WireError)?.message ?? ""
      XCTAssertTrue(message.contains("the request bundle.clone of the helper"), message)
      XCTAssertTrue(message.hasSuffix("Wait until that has ended or cancel it."), message)
    }
    let machine = try lock(true, owner: .machine("guest"))
    XCTAssertThrowsError(try lock(false)) { error in
      let message = (error as? WireError)?.message ?? ""
      XCTAssertTrue(message.contains("machine \"guest\""), message)
      XCTAssertTrue(message.contains("Stop that machine first"), message)
    }
    withExtendedLifetime((clone, machine)) {}
  }

  func testReadersShare() throws {
    let readers = try [lock(true, owner: .machine("one")), lock(true, owner: .machine("two"))]
    XCTAssertThrowsError(try lock(false)) { error in
      XCTAssertTrue("\(error)".contains("one") && "\(error)".contains("two"), "\(error)")
    }
    withExtendedLifetime(readers) {}
  }

  func testIsFreeWhenLetGo() throws {
    _ = try lock(false, owner: .machine("gone"))
    let again = try lock(false, owner: .machine("again"))
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
    XCTAssertThrowsError(try DiskLock(image: image, isReadOnly: true, owner: .machine("late")))
    run.end()
    XCTAssertNoThrow(try DiskLock(image: image, isReadOnly: false, owner: .machine("late")))
  }

  /// Holds the lock as a helper that was killed does, until the returned descriptor is closed.
  private func holdForProcessThatIsGone() throws -> Int32 {
    let mine = try lock(false)
    let name = try XCTUnwrap(try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/locks").first)
    mine.release()
    let gone = Process()
    gone.executableURL = URL(fileURLWithPath: "/bin/sh")
    gone.arguments = ["-c", "exit 0"]
    try gone.run()
    gone.waitUntilExit()
    let descriptor = open("\(folder.path)/locks/\(name)", O_RDWR | O_CREAT, 0o600)
    XCTAssertEqual(flock(descriptor, LOCK_EX | LOCK_NB), 0)
    let signature = LockHolder(process: gone.processIdentifier, owner: .machine("killed")).line
    XCTAssertEqual(write(descriptor, signature, signature.utf8.count), signature.utf8.count)
    return descriptor
  }

  func testWaitsForAHolderThatIsEnding() throws {
    let descriptor = try holdForProcessThatIsGone()
    XCTAssertThrowsError(
      try DiskLock(image: image, isReadOnly: true, owner: .machine("me"), folder: "\(folder.path)/locks", waits: false)
    ) { XCTAssertEqual(($0 as? HolderIsEnding)?.refusal.kind, .inUse, "\($0)") }
    DispatchQueue.global().asyncAfter(deadline: .now() + 0.2) { close(descriptor) }
    XCTAssertNoThrow(try lock(false))
  }

  func testDoesNotWaitForEver() throws {
    let descriptor = try holdForProcessThatIsGone()
    XCTAssertThrowsError(try lock(false)) { XCTAssertEqual(WireError($0).kind, .inUse, "\($0)") }
    close(descriptor)
  }
}
