import HostSystem

/// How messages are cut out of the byte stream, both ways.
enum Framing: Sendable, Equatable {
  /// `Content-Length: N`, an empty line, N bytes.
  case contentLength
  /// One message a line.
  case lines
}

/// Cuts the incoming bytes into messages. Knows no descriptor and no JSON.
final class FrameReader {
  enum Event {
    /// Everything complete has been taken; more bytes are needed.
    case needsInput
    /// The first byte has told how the peer frames its messages. Comes once, before any message.
    case framing(Framing)
    /// One message's text, valid until the next call of anything.
    case message(UnsafeBufferPointer<UInt8>)
    /// A message is being skipped; the stream goes on behind it.
    case skipped(RPCError)
    /// Where the next message starts cannot be known any more. Nothing follows.
    case broken(RPCError, detail: String)
  }

  private enum Phase {
    case undecided
    case header(HeaderBlock)
    case body(length: Int)
    case skippingBody(left: Int)
    case line
    case skippingLine
    case broken
  }

  let buffer = InputBuffer()
  private let limits: Limits
  private var phase = Phase.undecided
  /// Bytes at the front of the buffer that are known to hold no line end.
  private var searched = 0
  /// Bytes at the front of the buffer that the last event lent out.
  private var lent = 0

  init(limits: Limits) { self.limits = limits }

  /// The next thing the bytes say. To be called until it is `.needsInput` or `.broken`.
  func next() -> Event {
    if lent > 0 {
      buffer.consume(lent)
      lent = 0
    }
    while true {
      let event: Event?
      switch phase {
      case .undecided: event = decide()
      case .header(let block): event = readHeader(block)
      case .body(let length):
        event = buffer.count < length ? .needsInput : lend(length, afterwards: .header(HeaderBlock()))
      case .skippingBody(let left): event = skipBody(left)
      case .line: event = readLine()
      case .skippingLine: event = skipLine()
      case .broken: event = .needsInput
      }
      if let event { return event }
    }
  }

  /// At the end of the input: the last message of a stream of lines may lack its line end.
  func lastLine() -> UnsafeBufferPointer<UInt8>? {
    guard case .line = phase, !isBlank(buffer.count) else { return nil }
    return UnsafeBufferPointer(start: buffer.unread, count: buffer.count)
  }

  /// At the end of the input: what was still missing, or nil if the stream ended between two messages.
  func missingAtEnd() -> String? {
    switch phase {
    case .header(let block) where buffer.count > 0 || !block.isEmpty:
      return "the input ended inside a message's header"
    case .body(let length): return "the input ended after \(buffer.count) of a message's \(length) bytes"
    case .skippingBody(let left): return "the input ended \(left) bytes before the end of a message over the limit"
    case .skippingLine: return "the input ended inside a line over the limit"
    default: return nil
    }
  }

  private func lend(_ count: Int, consuming: Int? = nil, afterwards: Phase) -> Event {
    phase = afterwards
    lent = consuming ?? count
    searched = 0
    return .message(UnsafeBufferPointer(start: buffer.unread, count: count))
  }

  private func decide() -> Event? {
    var blanks = 0
    while blanks < buffer.count, isSpace(buffer.unread[blanks]) { blanks += 1 }
    buffer.consume(blanks)
    guard buffer.count > 0 else { return .needsInput }
    let first = buffer.unread[0]
    let isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    phase = isJSON ? .line : .header(HeaderBlock())
    return .framing(isJSON ? .lines : .contentLength)
  }

  // MARK: Content-Length

  private func readHeader(_ block: HeaderBlock) -> Event? {
    var block = block
    while let end = findLineEnd() {
      let line = UnsafeBufferPointer(start: buffer.unread, count: end)
      let progress = block.read(line, limit: limits.headerBytes)
      buffer.consume(end + 1)
      switch progress {
      case .anotherLine: phase = .header(block)
      case .failed(let detail): return broken(detail)
      case .complete(let length) where length > limits.frameBytes:
        phase = .skippingBody(left: length)
        return .skipped(.frameTooLarge(size: length, limit: limits.frameBytes))
      case .complete(let length):
        phase = .body(length: length)
        return length == 0 ? lend(0, afterwards: .header(HeaderBlock())) : nil
      }
    }
    if block.size + buffer.count > limits.headerBytes { return broken(HeaderBlock.tooLong(limits.headerBytes)) }
    return .needsInput
  }

  private func broken(_ detail: String) -> Event {
    phase = .broken
    return .broken(.parseError("\(detail); the connection is closed"), detail: detail)
  }

  private func skipBody(_ left: Int) -> Event? {
    let part = min(left, buffer.count)
    buffer.consume(part)
    phase = part == left ? .header(HeaderBlock()) : .skippingBody(left: left - part)
    return part == left ? nil : .needsInput
  }

  // MARK: Lines

  private func readLine() -> Event? {
    guard let end = findLineEnd() else {
      if buffer.count <= limits.frameBytes { return .needsInput }
      buffer.consume(buffer.count)
      searched = 0
      phase = .skippingLine
      return .skipped(.frameTooLarge(size: nil, limit: limits.frameBytes))
    }
    if end > limits.frameBytes {
      buffer.consume(end + 1)
      return .skipped(.frameTooLarge(size: end, limit: limits.frameBytes))
    }
    if isBlank(end) {
      buffer.consume(end + 1)
      return nil
    }
    return lend(end, consuming: end + 1, afterwards: .line)
  }

  private func skipLine() -> Event? {
    guard let end = findLineEnd() else {
      buffer.consume(buffer.count)
      searched = 0
      return .needsInput
    }
    buffer.consume(end + 1)
    phase = .line
    return nil
  }

  // MARK: Bytes

  /// The length of the first line, without its line feed. Looks at every byte once, however it arrived.
  private func findLineEnd() -> Int? {
    let found = ByteSearch.find(UInt8(ascii: "\n"), in: buffer.unread + searched, count: buffer.count - searched)
    let end = found.map { $0 + searched }
    searched = end == nil ? buffer.count : 0
    return end
  }

  private func isBlank(_ count: Int) -> Bool { (0..<count).allSatisfy { isSpace(buffer.unread[$0]) } }

  @inline(__always)
  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }
}
