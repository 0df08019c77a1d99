/// Makes lines of what a program writes, for a log: each as soon as it is whole, cut off where it is very long.
struct LineSplitter {
  private static let limit = 1 << 10
  private var rest: [UInt8] = []
  /// The rest of a line that was cut off is not wanted.
  private var isSkipping = false

  /// The lines that end in these bytes, without their ends; empty ones are left out.
  mutating func take(_ bytes: some Sequence<UInt8>) -> [String] {
    var lines: [String] = []
    for byte in bytes {
      if byte == UInt8(ascii: "\n") {
        lines += finish()
        isSkipping = false
      } else if !isSkipping {
        rest.append(byte)
        guard rest.count == Self.limit else { continue }
        lines += finish()
        isSkipping = true
      }
    }
    return lines
  }

  /// What is left at the end.
  mutating func finish() -> [String] {
    defer { rest.removeAll() }
    let line = String(decoding: rest, as: UTF8.self)
    return line.allSatisfy(\.isWhitespace) ? [] : [line]
  }
}
