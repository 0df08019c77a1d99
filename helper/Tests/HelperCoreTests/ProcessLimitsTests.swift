import Foundation
import Platform
import XCTest

final class ProcessLimitsTests: XCTestCase {
  #if os(Linux)
    private let noFile = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
  #else
    private let noFile = RLIMIT_NOFILE
  #endif

  /// What the limit becomes when it was `soft` and `wanted` is asked for.
  private func limit(from soft: rlim_t, wanted: rlim_t) -> rlim_t {
    var before = rlimit()
    XCTAssertEqual(getrlimit(noFile, &before), 0)
    defer { setrlimit(noFile, &before) }
    var changed = rlimit(rlim_cur: soft, rlim_max: before.rlim_max)
    XCTAssertEqual(setrlimit(noFile, &changed), 0)
    ProcessLimits.raiseDescriptorLimit(to: wanted)
    XCTAssertEqual(getrlimit(noFile, &changed), 0)
    return changed.rlim_cur
  }

  func testALowLimitIsRaised() { XCTAssertEqual(limit(from: 512, wanted: 1024), 1024) }

  func testALimitThatIsHigherThanWantedStays() { XCTAssertEqual(limit(from: 2048, wanted: 1024), 2048) }
}
