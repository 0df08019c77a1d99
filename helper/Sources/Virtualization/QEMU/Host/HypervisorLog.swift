import Foundation

/// What is worth knowing but is no failure.
package enum HypervisorLog {
  private static let lock = NSLock()
  private static var sink: (String) -> Void = { FileHandle.standardError.write(Data("vzkit: \($0)\n".utf8)) }

  /// Sends the lines elsewhere than to standard error. The handler is called on any thread.
  package static func redirect(to handler: @escaping (String) -> Void) {
    lock.withLock { sink = handler }
  }

  static func write(_ line: String) {
    lock.withLock { sink }(line)
  }
}
