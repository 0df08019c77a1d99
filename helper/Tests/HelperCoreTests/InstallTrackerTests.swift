import HelperProtocol
import XCTest

@testable import HelperCore

final class InstallTrackerTests: XCTestCase {
  func testTellsPhaseRateAndWhatIsLeft() {
    var tracker = InstallTracker(now: 100)
    let first = tracker.take(0, now: 101)
    XCTAssertEqual(first.phase, .preparing)
    XCTAssertNil(first.secondsLeft)
    let second = tracker.take(0.2, now: 104)
    XCTAssertEqual(second.phase, .installing)
    XCTAssertEqual(second.rate, 0.05, accuracy: 1e-9)
    XCTAssertEqual(second.secondsLeft ?? 0, 16, accuracy: 1e-6)
    XCTAssertEqual(tracker.take(1, now: 110).phase, .finishing)
  }

  func testAStallIsReportedAndEndsWithTheNextChange() {
    var tracker = InstallTracker(now: 0)
    _ = tracker.take(0.5, now: 1)
    let waiting = tracker.take(0.5, now: 60)
    XCTAssertEqual(waiting.secondsSinceChange, 59)
    XCTAssertFalse(waiting.isStalled)
    let stalled = tracker.take(0.5, now: 1 + InstallTracker.stallAfter)
    XCTAssertTrue(stalled.isStalled)
    XCTAssertEqual(stalled.rate, 0)
    XCTAssertFalse(tracker.take(0.51, now: 130).isStalled)
  }

  func testNonsenseFromTheInstallerStaysWithinBounds() {
    var tracker = InstallTracker(now: 0)
    XCTAssertEqual(tracker.take(-1, now: 1).fraction, 0)
    XCTAssertEqual(tracker.take(2, now: 2).fraction, 1)
    XCTAssertGreaterThanOrEqual(tracker.take(0.5, now: 3).rate, 0)
  }
}
