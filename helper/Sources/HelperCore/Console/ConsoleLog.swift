import Foundation
import Platform

/// The file that all output of a port is appended to.
final class ConsoleLog {
  private let path: String
  private var descriptor: Int32

  init(path: String) throws {
    self.path = path
    descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw SystemError(errno, "open the log file", path: path) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Writes everything after `offset`. A failure ends the log, not the console, and is told in the helper's log.
  func append(from offset: UInt64, of history: ConsoleHistory) {
    var position = offset
    while descriptor >= 0, position < history.endOffset {
      let count = history.read(from: position) { vectors, count in
        Descriptors.retrying { writev(descriptor, vectors, count) }
      }
      if count > 0 {
        position += UInt64(count)
      } else {
        Log.error("cannot write the console log \(path), which ends here: \(SystemError.words(for: errno))")
        close(descriptor)
        descriptor = -1
      }
    }
  }
}
