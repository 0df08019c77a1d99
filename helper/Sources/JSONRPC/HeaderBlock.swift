/// The header lines in front of a message, read one by one.
struct HeaderBlock {
  enum Progress {
    case anotherLine
    case complete(contentLength: Int)
    case failed(String)
  }

  /// Bytes read so far, line ends included.
  private(set) var size = 0
  private var contentLength: Int?

  var isEmpty: Bool { size == 0 }

  static func tooLong(_ limit: Int) -> String { "a message's header is longer than \(limit) bytes" }

  /// - Parameter line: one line without its line feed; a carriage return at its end is tolerated and may be missing.
  mutating func read(_ line: UnsafeBufferPointer<UInt8>, limit: Int) -> Progress {
    size += line.count + 1
    if size > limit { return .failed(Self.tooLong(limit)) }
    let text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line[...]
    if text.isEmpty {
      guard let contentLength else { return .failed("a message's header has no Content-Length") }
      return .complete(contentLength: contentLength)
    }
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else {
      return .failed("expected a header such as \"Content-Length: 2\", got \"\(shown(text))\"")
    }
    // Other headers, Content-Type above all, are allowed and mean nothing: the text is always UTF-8.
    guard Self.isContentLength(text[..<colon]) else { return .anotherLine }
    guard contentLength == nil else { return .failed("a message's header has more than one Content-Length") }
    guard let length = Self.parseLength(text[text.index(after: colon)...]) else {
      return .failed("\"\(shown(text))\" is not a usable Content-Length")
    }
    contentLength = length
    return .anotherLine
  }

  private static func isContentLength(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let expected: StaticString = "content-length"
    guard name.count == expected.utf8CodeUnitCount else { return false }
    for (index, byte) in name.enumerated() where byte | 0x20 != expected.utf8Start[index] {
      // The hyphen has the bit already; a carriage return (0x0D) would become one and is no name.
      return false
    }
    return name[name.startIndex + 7] == UInt8(ascii: "-")
  }

  /// Nil for anything but digits, and for more than fits.
  private static func parseLength(_ value: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    var digits = value.drop(while: isBlank)
    while let last = digits.last, isBlank(last) { digits = digits.dropLast() }
    guard !digits.isEmpty else { return nil }
    var length = 0
    for byte in digits {
      guard byte &- UInt8(ascii: "0") < 10 else { return nil }
      let (scaled, tooBig) = length.multipliedReportingOverflow(by: 10)
      let (sum, wayTooBig) = scaled.addingReportingOverflow(Int(byte - UInt8(ascii: "0")))
      if tooBig || wayTooBig { return nil }
      length = sum
    }
    return length
  }

  private func shown(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> String {
    excerpt(String(decoding: text.prefix(400), as: UTF8.self))
  }
}
