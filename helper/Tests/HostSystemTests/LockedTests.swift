import Foundation
import HostSystem
import XCTest

final class LockedTests: XCTestCase {
  func testNoChangeIsLost() {
    let count = Locked(0)
    DispatchQueue.concurrentPerform(iterations: 8) { _ in for _ in 0..<1000 { count.with { $0 += 1 } } }
    XCTAssertEqual(count.value, 8000)
  }

  func testAWaitEndsWithTheChangeThatItWaitsFor() {
    let steps = Locked(0)
    XCTAssertTrue(
      SystemThread.start {
        for _ in 0..<3 {
          steps.with {
            $0 += 1
            steps.broadcast()
          }
        }
      })
    XCTAssertEqual(steps.wait(milliseconds: 60_000) { $0 == 3 ? $0 : nil }, 3)
    XCTAssertNil(steps.wait(milliseconds: 1) { $0 == 4 ? $0 : nil })
  }
}
