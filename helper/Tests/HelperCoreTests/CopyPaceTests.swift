import Platform
import XCTest

/// The choice between methods of copying, with costs that the test makes up.
final class CopyPaceTests: XCTestCase {
  /// Copies so many bytes; a method's cost is in seconds a byte. Returns what each method has copied.
  private func copy(_ bytes: Int, _ pace: inout CopyPace, _ costs: [CopyMethod: Double]) -> [CopyMethod: Int] {
    var copied: [CopyMethod: Int] = [:]
    var left = bytes
    while left > 0 {
      let step = pace.next
      let count = min(step.bytes, left)
      pace.took(step, bytes: count, seconds: Double(count) * costs[step.method, default: 1])
      copied[step.method, default: 0] += count
      left -= count
    }
    return copied
  }

  func testTriesEachOnceAndGoesOnWithTheCheaper() {
    for (cheap, dear) in [(CopyMethod.buffer, CopyMethod.kernel), (.kernel, .buffer)] {
      var pace = CopyPace()
      let copied = copy(32 << 20, &pace, [cheap: 1, dear: 6])
      XCTAssertEqual(copied, [cheap: 31 << 20, dear: CopyPace.trial])
    }
  }

  func testSeldomTriesWhatStaysTheDearerOne() {
    var pace = CopyPace()
    let copied = copy(1 << 30, &pace, [.buffer: 6, .kernel: 1])
    XCTAssertLessThanOrEqual(copied[.buffer, default: 0], 6 * CopyPace.trial)
  }

  func testGoesOverWhenTheBestBecomesDearAndWhenTheOtherBecomesCheap() {
    var pace = CopyPace()
    _ = copy(16 << 20, &pace, [.buffer: 1, .kernel: 2])
    let afterRise = copy(64 << 20, &pace, [.buffer: 10, .kernel: 2])
    XCTAssertGreaterThanOrEqual(afterRise[.kernel, default: 0], 56 << 20)
    let afterFall = copy(512 << 20, &pace, [.buffer: 1, .kernel: 2])
    XCTAssertGreaterThan(afterFall[.buffer, default: 0], afterFall[.kernel, default: 0])
  }

  func testASingleMethodIsUsedForAll() {
    var pace = CopyPace([.buffer])
    XCTAssertEqual(copy(256 << 20, &pace, [.buffer: 1]), [.buffer: 256 << 20])
    XCTAssertNil(pace.without(.buffer))
    XCTAssertEqual(CopyPace().without(.kernel)?.next.method, .buffer)
  }
}
