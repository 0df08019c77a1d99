import Foundation
import HostSystem

/// Carries bytes between two stream sockets, both ways, until both ways have ended; used on one queue.
///
/// The end of one way is passed on while the other way goes on. What one side does not take is held, up to one buffer,
/// and then not read from the other side.
final class ByteBridge {
  private let ends: (StreamSocket, StreamSocket)
  private var ways: [OneWay] = []
  private var onEnd: (() -> Void)?

  /// Takes over both descriptors and begins at once. Keeps itself alive until the end.
  ///
  /// - Parameter onEnd: called once, when both descriptors are closed.
  init(_ one: Int32, _ other: Int32, queue: DispatchQueue, onEnd: @escaping () -> Void) {
    ends = (StreamSocket(owning: one, queue: queue), StreamSocket(owning: other, queue: queue))
    self.onEnd = onEnd
    ways = [OneWay(from: ends.0, to: ends.1), OneWay(from: ends.1, to: ends.0)]
    for way in ways {
      way.onChange = { self.checkEnd() }
      way.start()
    }
  }

  /// Ends both ways at once; what is on its way is lost.
  func close() {
    guard let onEnd else { return }
    self.onEnd = nil
    for way in ways { way.onChange = {} }
    ends.0.close()
    ends.1.close()
    onEnd()
  }

  private func checkEnd() {
    if ways.contains(where: \.hasFailed) || ways.allSatisfy(\.hasEnded) { close() }
  }
}

/// One direction of a bridge.
private final class OneWay {
  private static let size = 64 << 10

  private let source: StreamSocket
  private let sink: StreamSocket
  private let buffer = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
  private var begin = 0
  private var end = 0
  private var sourceEnded = false
  private(set) var hasEnded = false
  private(set) var hasFailed = false
  /// One of the two above may have changed.
  var onChange: () -> Void = {}

  init(from source: StreamSocket, to sink: StreamSocket) {
    self.source = source
    self.sink = sink
  }

  deinit { buffer.deallocate() }

  func start() {
    source.onReadable = { [weak self] in self?.pump() }
    sink.onWritable = { [weak self] in self?.pump() }
    source.wantsToRead = true
  }

  /// Moves what can be moved, but lets others have their turn now and then.
  private func pump() {
    for _ in 0..<16 where !hasFailed && !hasEnded {
      if begin == end, !sourceEnded, !fill() { break }
      if begin < end, !drain() { break }
      if sourceEnded, begin == end { finish() }
    }
    source.wantsToRead = begin == end && !sourceEnded && !hasFailed
    sink.wantsToWrite = begin < end && !hasFailed
    if hasEnded || hasFailed { onChange() }
  }

  /// Whether there is something to do next.
  private func fill() -> Bool {
    let count = Descriptors.retrying { read(source.descriptor, buffer, Self.size) }
    if count > 0 {
      (begin, end) = (0, count)
    } else if count == 0 {
      sourceEnded = true
    } else if Descriptors.wouldBlock(errno) {
      return false
    } else {
      hasFailed = true
    }
    return !hasFailed
  }

  private func drain() -> Bool {
    while begin < end {
      let count = Descriptors.retrying { write(sink.descriptor, buffer + begin, end - begin) }
      if count > 0 {
        begin += count
      } else {
        if !Descriptors.wouldBlock(errno) { hasFailed = true }
        return false
      }
    }
    return true
  }

  private func finish() {
    shutdown(sink.descriptor, Int32(SHUT_WR))
    hasEnded = true
  }
}
