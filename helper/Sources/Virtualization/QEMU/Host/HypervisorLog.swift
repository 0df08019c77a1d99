import Foundation
import HostSystem

/// What is worth knowing but is no failure.
package enum HypervisorLog {
  private static let handler = Locked<LogHandler>({ level, line in
    guard level <= .warning else { return }
    FileHandle.standardError.write(Data("vzkit: \(line)\n".utf8))
  })

  /// Sends the lines elsewhere than the warnings to standard error. The handler is called on any thread.
  package static func redirect(to handler: @escaping LogHandler) { self.handler.value = handler }

  /// - Parameter level: `warning` for what did not work as asked, `info` for what a program behind a machine says of
  ///   itself.
  static func write(_ line: String, _ level: LogLevel = .warning) { handler.value(level, line) }
}
