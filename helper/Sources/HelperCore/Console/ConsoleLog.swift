import Foundation
import HostSystem
import Platform

/// The file that all output of a port is appended to. Used on the queue of the port's hub.
///
/// A FIFO or a terminal takes bytes only as fast as its reader does. What it has no room for waits in the port's history.
final class ConsoleLog {
  /// Offset of the first byte that is not written yet.
  private(set) var offset: UInt64 = 0
  /// Waits for a slow reader to take bytes.
  private(set) var isFull = false
  /// The reader takes bytes again.
  var onRoom: () -> Void = {}

  private let path: String
  private let file: OutputFile
  private var stream: StreamSocket?
  private var hasFailed = false

  /// - Throws: `WireError`.
  init(path: OutputPath) throws {
    self.path = path.path
    file = try path.open()
  }

  deinit {
    if stream == nil { close(file.descriptor) }
  }

  /// Makes the log ready to be written to on `queue`.
  func begin(on queue: DispatchQueue) {
    guard !file.isRegular else { return }
    let stream = StreamSocket(owning: file.descriptor, queue: queue)
    stream.onWritable = { [weak self, weak stream] in
      stream?.wantsToWrite = false
      self?.isFull = false
      self?.onRoom()
    }
    self.stream = stream
  }

  /// Writes what is missing, as far as there is room. A failure ends the log, not the console, and is told in the
  /// helper's log.
  func append(from history: ConsoleHistory) {
    guard !hasFailed, !isFull else { return }
    skip(to: history.startOffset)
    while offset < history.endOffset {
      let count = history.read(from: offset) { vectors, count in
        Descriptors.retrying { writev(file.descriptor, vectors, count) }
      }
      if count > 0 {
        offset += UInt64(count)
      } else if count < 0, let stream, Descriptors.wouldBlock(errno) {
        isFull = true
        stream.wantsToWrite = true
        return
      } else {
        Log.error("cannot write the console log \(path), which ends here: \(SystemError.words(for: errno))")
        hasFailed = true
        return
      }
    }
  }

  private func skip(to start: UInt64) {
    guard offset < start else { return }
    Log.warning("the console log \(path) lacks \(start - offset) bytes, which its reader was too slow for")
    offset = start
  }
}
