import Foundation
import HostSystem
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
      line.submit(isShort: number % 3 == 0) { [seen, queue] turn in
        dispatchPrecondition(condition: .onQueue(queue))
        XCTAssertEqual(
          running.with {
            $0 += 1
            return $0
          }, 1, "two at a time")
        DispatchQueue.global().async {
          seen.with { $0.append(number) }
          running.with { $0 -= 1 }
          turn.end()
          if number == 199 { all.fulfill() }
        }
      }
    }
    wait(for: [all], timeout: 30)
    XCTAssertEqual(seen.value, Array(0..<200))
  }

  func testAShortOneRunsAtOnceWhenNothingIsBefore() {
    var ran = false
    line.submit(isShort: true) { _ in ran = true }
    XCTAssertTrue(ran)
  }

  func testOneThatWaitsCanBeTakenOutAndOneThatRunsCannot() {
    let begun = expectation(description: "begun")
    let last = expectation(description: "last")
    let kept = Locked<Turn?>(nil)
    let first = line.submit { turn in
      kept.value = turn
      begun.fulfill()
    }
    let second = line.submit { _ in XCTFail("it was taken out") }
    line.submit { _ in last.fulfill() }
    wait(for: [begun], timeout: 10)
    XCTAssertFalse(line.withdraw(first))
    XCTAssertTrue(line.withdraw(second))
    XCTAssertFalse(line.withdraw(second))
    kept.value?.end()
    wait(for: [last], timeout: 10)
  }

  func testOneThatForgetsItsTurnHoldsUpNobody() {
    let second = expectation(description: "second")
    line.submit { turn in DispatchQueue.global().async { _ = turn } }
    line.submit { _ in second.fulfill() }
    wait(for: [second], timeout: 10)
  }

  func testATurnThatIsEndedTwiceLetsOneBegin() {
    let kept = Locked<Turn?>(nil)
    let running = expectation(description: "second")
    line.submit { turn in
      turn.end()
      turn.end()
    }
    line.submit { turn in
      kept.value = turn
      running.fulfill()
    }
    line.submit { [seen] _ in seen.with { $0.append(3) } }
    wait(for: [running], timeout: 10)
    queue.sync {}
    XCTAssertEqual(seen.value, [], "the third waits for the second")
    kept.value = nil
    let last = expectation(description: "third")
    line.submit { _ in last.fulfill() }
    wait(for: [last], timeout: 10)
    XCTAssertEqual(seen.value, [3])
  }
}
