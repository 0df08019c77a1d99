import Foundation
import HelperProtocol
import HostSystem
import XCTest

@testable import HelperCore

/// Bytes that clients fetch from a socket.
final class HandoverTests: XCTestCase {
  private var folder: TemporaryFolder!
  private let count = Locked(0)

  override func setUpWithError() throws { folder = try TemporaryFolder() }

  override func tearDown() { folder = nil }

  private func path() -> String {
    let number = count.with { count in
      count += 1
      return count
    }
    return "\(folder.path)/s\(number)"
  }

  func testAClientGetsEveryByteAndTheSocketIsGone() throws {
    let handover = Handover()
    let bytes = (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7 ^ $0 >> 8) }
    let first = try TestStream(path: try handover.offer(bytes, makePath: path))
    let second = try handover.offer([], makePath: path)
    XCTAssertTrue(try first.readToEnd().elementsEqual(bytes))
    XCTAssertEqual(try TestStream(path: second).readToEnd(), Data())
    XCTAssertEqual(folder.names, [])
  }

  func testAClientThatLeavesEarlyHurtsNobody() throws {
    Signals.ignoreSelfInflicted()
    let handover = Handover()
    for _ in 0..<Handover.maximumCount + 4 {
      let path = try handover.offer([UInt8](repeating: 1, count: 1 << 20), makePath: path)
      // Gone at the end of the line, with most of it unread.
      XCTAssertFalse(try TestStream(path: path).read().isEmpty)
      waitUntilFree(handover)
    }
  }

  func testOnlySoManyWait() throws {
    let handover = Handover()
    let paths = try (0..<Handover.maximumCount).map { _ in try handover.offer([1], makePath: path) }
    XCTAssertThrowsError(try handover.offer([1], makePath: path)) {
      XCTAssertEqual(($0 as? WireError)?.kind, .tooManyRequests)
    }
    XCTAssertEqual(try TestStream(path: paths[0]).readToEnd(), Data([1]))
    waitUntilFree(handover)
  }

  /// A place is free a moment after its bytes were read.
  private func waitUntilFree(_ handover: Handover) {
    for _ in 0..<600 {
      if (try? handover.offer([2], makePath: path)).map({ try? TestStream(path: $0).readToEnd() }) != nil { return }
      usleep(100_000)
    }
    XCTFail("no place became free")
  }
}
