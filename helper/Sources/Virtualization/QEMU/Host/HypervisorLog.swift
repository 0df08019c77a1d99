import Foundation

/// What is worth knowing but is no failure.
package enum HypervisorLog {
  package enum Level: Sendable {
    /// Something did not work as asked.
    case warning
    /// What a program behind a machine says of itself.
    case info
  }

  private static let lock = NSLock()
  private static var sink: (Level, String) -> Void = { level, line in
    guard level == .warning else { return }
    FileHandle.standardError.write(Data("vzkit: \(line)\n".utf8))
  }

  /// Sends the lines elsewhere than the warnings to standard error. The handler is called on any thread.
  package static func redirect(to handler: @escaping (Level, String) -> Void) {
    lock.withLock { sink = handler }
  }

  static func write(_ line: String, _ level: Level = .warning) {
    lock.withLock { sink }(level, line)
  }
}
