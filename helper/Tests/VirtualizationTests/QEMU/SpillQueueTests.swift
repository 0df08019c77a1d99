import XCTest

@testable import Virtualization

final class SpillQueueTests: XCTestCase {
  /// Appends and takes in uneven pieces, so that the queue goes through memory and file several times.
  func testBytesComeOutAsTheyWentIn() throws {
    var queue = SpillQueue(memoryLimit: 1000)
    defer { queue.discard() }
    var generator = SystemRandomNumberGenerator()
    var sent: [UInt8] = []
    var received: [UInt8] = []
    for round in 0..<400 {
      let piece = (0..<Int.random(in: 1...700, using: &generator)).map { _ in UInt8.random(in: .min ... .max) }
      try piece.withUnsafeBytes { try queue.append($0) }
      sent += piece
      for _ in 0..<(round % 100 < 60 ? 1 : 4) {
        try queue.consume(atMost: 300) { bytes in
          let taken = Int.random(in: 0...bytes.count, using: &generator)
          received += bytes.prefix(taken)
          return taken
        }
      }
    }
    while !queue.isEmpty {
      try queue.consume(atMost: 4096) {
        received += $0
        return $0.count
      }
    }
    XCTAssertEqual(received, sent)
  }

  func testMemoryStaysBounded() throws {
    var queue = SpillQueue(memoryLimit: 4096)
    defer { queue.discard() }
    let piece = [UInt8](repeating: 7, count: 64 << 10)
    for _ in 0..<256 { try piece.withUnsafeBytes { try queue.append($0) } }
    XCTAssertLessThanOrEqual(queue.bytesInMemory, 4096)
    var total = 0
    while !queue.isEmpty {
      try queue.consume(atMost: .max) {
        total += $0.count
        return $0.count
      }
    }
    XCTAssertEqual(total, 256 * piece.count)
  }
}
