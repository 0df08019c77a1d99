import Foundation
import HostSystem
import XCTest

final class LockFileTests: XCTestCase {
  private var folder = ""
  private var path: String { "\(folder)/lock" }

  override func setUpWithError() throws {
    folder = "\(NSTemporaryDirectory())/vzkit-locks-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  override func tearDownWithError() throws { try FileManager.default.removeItem(atPath: folder) }

  private struct IsTaken: Error {}

  private func take(_ options: LockFile.Options = .init()) throws -> LockFile {
    try LockFile.require(path, options) { _ in IsTaken() }
  }

  func testOneHasItAndTheLastOneOutRemovesTheFile() throws {
    let first = try take()
    XCTAssertFalse(first.wasThere)
    XCTAssertThrowsError(try take()) { XCTAssertTrue($0 is IsTaken, "\($0)") }
    first.release()
    first.release()
    XCTAssertNil(FileIdentity(path))
    let second = try take()
    XCTAssertFalse(second.wasThere)
    second.release()
  }

  func testTheEndOfTheObjectIsARelease() throws {
    do {
      let file = try take()
      // Who only looks removes nothing.
      _ = try LockFile.take(path)
      XCTAssertTrue(file.isStillThere)
    }
    XCTAssertNil(FileIdentity(path))
  }

  func testSharersLeaveTheFileToEachOther() throws {
    let first = try take(.init(isShared: true))
    let second = try take(.init(isShared: true))
    XCTAssertTrue(second.wasThere)
    XCTAssertThrowsError(try take())
    first.release()
    XCTAssertTrue(second.isStillThere)
    second.release()
    XCTAssertNil(FileIdentity(path))
  }

  func testWhatHasTakenThePlaceOfTheFileStays() throws {
    let first = try take()
    XCTAssertEqual(unlink(path), 0)
    XCTAssertFalse(first.isStillThere)
    // The path is free again, whatever is still locked under no name.
    let second = try take()
    first.remove()
    first.release()
    XCTAssertTrue(second.isStillThere)
    second.release()
  }

  func testALinkInThePlaceOfTheFileIsAnotherFile() throws {
    let file = try take()
    XCTAssertEqual(rename(path, "\(folder)/moved"), 0)
    XCTAssertEqual(symlink("moved", path), 0)
    XCTAssertFalse(file.isStillThere)
    XCTAssertThrowsError(try take()) { XCTAssertEqual(($0 as? SystemError)?.number, ELOOP, "\($0)") }
    file.release()
    XCTAssertNotNil(FileIdentity(path, followsLinks: false))
  }

  func testThoseWhoFollowTheHolderSeeItsEnd() throws {
    let holder = try take()
    guard case .others(let follower) = try LockFile.take(path) else { return XCTFail("two have it") }
    XCTAssertEqual(FileLock.attempt(follower.descriptor), .taken)
    holder.release()
    XCTAssertEqual(FileLock.attempt(follower.descriptor), .held)
    XCTAssertFalse(follower.isStillThere)
  }

  func testManyAtOnceHaveItOneAfterTheOther() {
    let path = path
    let inside = Locked(0)
    let most = Locked(0)
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      var left = 50
      while left > 0 {
        guard case .mine(let file)? = try? LockFile.take(path) else { continue }
        let count = inside.with { count in
          count += 1
          return count
        }
        most.with { $0 = max($0, count) }
        inside.with { $0 -= 1 }
        file.release()
        left -= 1
      }
    }
    XCTAssertEqual(most.value, 1)
  }
}
