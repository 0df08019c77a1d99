import XCTest

@testable import HelperCore

final class ByteRangesTests: XCTestCase {
  func testRangesThatTouchOrOverlapBecomeOne() {
    var ranges = ByteRanges()
    for range: Range<Int64> in [10..<20, 30..<40, 20..<25, 0..<0, 5..<12, 24..<31] { ranges.insert(range) }
    XCTAssertEqual(ranges.pairs, [[5, 40]])
    XCTAssertEqual(ranges.count, 35)
    XCTAssertEqual(ranges.prefix, 0)
    ranges.insert(0..<5)
    XCTAssertEqual(ranges.prefix, 40)
  }

  func testGapsAreWhatIsMissing() {
    var ranges = ByteRanges()
    XCTAssertEqual(ranges.gaps(in: 100), [0..<100])
    ranges.insert(10..<20)
    ranges.insert(90..<100)
    XCTAssertEqual(ranges.gaps(in: 100), [0..<10, 20..<90])
    ranges.insert(0..<95)
    XCTAssertEqual(ranges.gaps(in: 100), [])
    XCTAssertEqual(ByteRanges().gaps(in: 0), [])
  }

  /// Against a set of bytes, for many random ranges.
  func testAgainstSingleBytes() {
    for _ in 0..<200 {
      var ranges = ByteRanges()
      var bytes = Set<Int64>()
      for _ in 0..<Int.random(in: 1...12) {
        let start = Int64.random(in: 0..<60)
        let range = start..<Int64.random(in: start...60)
        ranges.insert(range)
        bytes.formUnion(range)
      }
      XCTAssertEqual(ranges.count, Int64(bytes.count))
      XCTAssertEqual(Set(ranges.ranges.flatMap { $0 }), bytes)
      XCTAssertEqual(Set(ranges.gaps(in: 60).flatMap { $0 }), Set(0..<60).subtracting(bytes))
      XCTAssertEqual(ranges.prefix, (0...60).first { !bytes.contains($0) })
      XCTAssertEqual(ByteRanges(pairs: ranges.pairs, total: 60), ranges)
    }
  }

  func testPairsThatMakeNoSenseAreRefused() {
    for pairs: [[Int64]] in [[[5, 4]], [[-1, 4]], [[0, 101]], [[1]], [[1, 2, 3]]] {
      XCTAssertNil(ByteRanges(pairs: pairs, total: 100), "\(pairs)")
    }
  }
}
