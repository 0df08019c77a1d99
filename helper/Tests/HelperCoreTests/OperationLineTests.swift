import Foundation
import XCTest

@testable import HelperCore

final class OperationLineTests: XCTestCase {
  private let queue = DispatchQueue(label: "machine")
  private lazy var line = OperationLine(queue: queue)
  private let seen = Locked<[Int]>([])

  func testKeepsTheOrderAndLetsEachFinish() {
    let all = expectation(description: "all done")
    let running = Locked(0)
    for number in 0..<200 {
      line.submit(isShort: number % 3 == 0) { [seen, queue] done in
        dispatchPrecondition(condition: .onQueue(queue))
        XCTAssertEqual(
          running.with {
            $0 += 1
            return $0
          }, 1, "two at a time")
        DispatchQueue.global().async {
          seen.with { $0.append(number) }
          running.with { $0 -= 1 }
          done()
          if number == 199 { all.fulfill() }
        }
      }
    }
    wait(for: [all], timeout: 30)
    XCTAssertEqual(seen.value, Array(0..<200))
  }

  func testAShortOneRunsAtOnceWhenNothingIsBefore() {
    var ran = false
    line.submit(isShort: true) { done in
      ran = true
      done()
    }
    XCTAssertTrue(ran)
  }

  func testOneThatWaitsCanBeTakenOutAndOneThatRunsCannot() {
    let begun = expectation(description: "begun")
    let last = expectation(description: "last")
    let finish = Locked<(() -> Void)?>(nil)
    let first = line.submit { done in
      finish.value = done
      begun.fulfill()
    }
    let second = line.submit { done in
      XCTFail("it was taken out")
      done()
    }
    line.submit { done in
      last.fulfill()
      done()
    }
    wait(for: [begun], timeout: 10)
    XCTAssertFalse(line.withdraw(first))
    XCTAssertTrue(line.withdraw(second))
    XCTAssertFalse(line.withdraw(second))
    finish.value?()
    wait(for: [last], timeout: 10)
  }
}
