import Foundation

/// The end of what a child wrote to its standard error: all of it for the usual few lines, bounded for a flood.
struct MessageTail {
  enum Outcome {
    case more
    case end
  }

  private static let limit = 8 << 10
  private var bytes: [UInt8] = []
  private var splitter = LineSplitter()
  private var lines: [String] = []

  /// Takes what a non-blocking descriptor has.
  mutating func read(from descriptor: Int32) -> Outcome {
    // Bounded, so that a child which never stops writing cannot hold the event loop.
    for _ in 0..<16 {
      let count = withUnsafeTemporaryAllocation(byteCount: 4 << 10, alignment: 1) { room -> Int in
        let count = Foundation.read(descriptor, room.baseAddress, room.count)
        if count > 0 {
          bytes.append(contentsOf: room[0..<count])
          lines += splitter.take(room[0..<count])
        }
        return count
      }
      if bytes.count > 2 * Self.limit { bytes.removeFirst(bytes.count - Self.limit) }
      if count == 0 {
        lines += splitter.finish()
        return .end
      }
      if count < 0 { return errno == EAGAIN || errno == EINTR ? .more : .end }
    }
    return .more
  }

  /// The whole lines that came since the last call.
  mutating func takeLines() -> [String] {
    defer { lines.removeAll() }
    return lines
  }

  var text: String {
    String(decoding: bytes.suffix(Self.limit), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
