import Foundation
import XCTest

@testable import HelperCore

final class ConsoleHistoryTests: XCTestCase {
  private static let size = ConsoleHistory.chunkSize

  /// Appends at most what one read takes; the pattern tells every offset from its neighbours.
  private func append(_ wanted: Int, to history: inout ConsoleHistory) -> Int {
    var next = history.endOffset
    return history.append { buffers, count in
      var left = wanted
      for buffer in UnsafeBufferPointer(start: buffers, count: Int(count)) {
        let length = min(left, buffer.iov_len)
        guard let base = buffer.iov_base else { continue }
        for index in 0..<length {
          base.storeBytes(of: Self.byte(at: next), toByteOffset: index, as: UInt8.self)
          next += 1
        }
        left -= length
      }
      return wanted - left
    }
  }

  private static func byte(at offset: UInt64) -> UInt8 {
    UInt8(truncatingIfNeeded: offset ^ (offset >> 8) ^ (offset >> 16))
  }

  private func contents(_ history: ConsoleHistory, from offset: UInt64) -> [UInt8] {
    var bytes: [UInt8] = []
    _ = history.read(from: offset, limit: .max) { buffers, count in
      for buffer in UnsafeBufferPointer(start: buffers, count: Int(count)) {
        bytes += UnsafeRawBufferPointer(start: buffer.iov_base, count: buffer.iov_len)
      }
      return bytes.count
    }
    return bytes
  }

  private func check(_ history: ConsoleHistory, from offset: UInt64, line: UInt = #line) {
    let expected = (offset..<history.endOffset).map(Self.byte)
    XCTAssertTrue(contents(history, from: offset) == expected, "bytes from \(offset) on differ", line: line)
  }

  func testKeepsEveryByteAcrossChunks() {
    var history = ConsoleHistory()
    for wanted in [1, Self.size - 1, 1, Self.size, Self.size + 7, 3, 2 * Self.size] {
      var left = wanted
      while left > 0 { left -= append(left, to: &history) }
    }
    XCTAssertEqual(history.startOffset, 0)
    XCTAssertEqual(history.endOffset, UInt64(5 * Self.size + 11))
    for offset in [0, 1, Self.size, Self.size + 1, 5 * Self.size + 10] { check(history, from: UInt64(offset)) }
  }

  func testForgetsWhatIsOldAndKeepsTheRest() {
    var history = ConsoleHistory()
    for _ in 0..<40 { _ = append(50_000, to: &history) }
    history.forget(before: 1_234_567)
    XCTAssertEqual(history.startOffset, 1_234_567)
    check(history, from: 1_234_567)
    history.forget(before: 100)
    XCTAssertEqual(history.startOffset, 1_234_567, "forgetting does not bring bytes back")
    _ = append(50_000, to: &history)
    check(history, from: 1_900_000)
  }

  func testForgettingEverythingAtAChunksEnd() {
    var history = ConsoleHistory()
    _ = append(Self.size, to: &history)
    history.forget(before: history.endOffset)
    XCTAssertEqual(contents(history, from: history.endOffset), [])
    _ = append(10, to: &history)
    check(history, from: UInt64(Self.size))
  }

  func testAReadThatGivesNothingChangesNothing() {
    var history = ConsoleHistory()
    XCTAssertEqual(history.append { _, _ in -1 }, -1)
    XCTAssertEqual(history.append { _, _ in 0 }, 0)
    XCTAssertEqual(history.endOffset, 0)
    _ = append(5, to: &history)
    XCTAssertEqual(history.append { _, _ in -1 }, -1)
    check(history, from: 0)
  }
}
