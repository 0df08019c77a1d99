import Foundation
import HostSystem
import JSONRPC

/// Lines on stderr for people, each with a level. `VZKIT_LOG` chooses the least level: error, warning (the default),
/// info or debug.
enum Log {
  /// The least important level that is written.
  static let level = getenv("VZKIT_LOG").flatMap { LogLevel(name: String(cString: $0)) } ?? .warning

  static func error(_ text: @autoclosure () -> String) { write(.error, text) }
  static func warning(_ text: @autoclosure () -> String) { write(.warning, text) }
  static func info(_ text: @autoclosure () -> String) { write(.info, text) }
  static func debug(_ text: @autoclosure () -> String) { write(.debug, text) }

  static func write(_ level: LogLevel, _ text: () -> String) {
    guard level <= Self.level else { return }
    // One write a line, so that lines of several threads do not mix. Line breaks inside would forge further lines, and
    // other control characters would reach the terminal.
    let bytes = Array("vzkit-helper: \(level.name): \(text().printable)\n".utf8)
    Descriptors.writeAll(bytes, to: STDERR_FILENO, patience: patience)
  }

  /// Milliseconds that a line waits for a reader that is slow, where standard error is non-blocking: it may be the socket
  /// or pipe that the protocol uses.
  private static let patience: Int32 = 1000
}
