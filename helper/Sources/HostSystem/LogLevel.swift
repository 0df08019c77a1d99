/// How much a line for a person matters, from the most to the least.
public enum LogLevel: Int, Comparable, Sendable {
  case error, warning, info, debug

  /// - Returns: nil for a name that is none of a level.
  package init?(name: String) {
    switch name {
    case "error": self = .error
    case "warning": self = .warning
    case "info": self = .info
    case "debug": self = .debug
    default: return nil
    }
  }

  package var name: String { "\(self)" }

  public static func < (one: LogLevel, other: LogLevel) -> Bool { one.rawValue < other.rawValue }
}

/// Takes a line for a person, from any thread.
public typealias LogHandler = @Sendable (LogLevel, String) -> Void
