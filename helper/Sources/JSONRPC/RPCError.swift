/// An error as it goes over the wire.
public struct RPCError: Error, Sendable, Equatable, CustomStringConvertible {
  public var code: Int
  /// One sentence for a human.
  public var message: String
  /// Further facts for the caller's program.
  public var data: RawJSON?

  public init(code: Int, message: String, data: RawJSON? = nil) {
    self.code = code
    self.message = message
    self.data = data
  }

  public var description: String { "\(message) (\(code))" }

  /// -32700: the text is not JSON.
  public static func parseError(_ detail: String) -> RPCError {
    RPCError(code: -32700, message: "Parse error: \(detail)")
  }

  /// -32600: JSON, but not a request.
  public static func invalidRequest(_ detail: String) -> RPCError {
    RPCError(code: -32600, message: "Invalid request: \(detail)")
  }

  /// -32601: no method of this name.
  public static func methodNotFound(_ name: String) -> RPCError {
    RPCError(code: -32601, message: "Method not found: \(excerpt(name))")
  }

  /// -32602: the parameters do not fit the method.
  public static func invalidParams(_ message: String) -> RPCError {
    RPCError(code: -32602, message: "Invalid params: \(message)")
  }

  /// -32603: a fault of this side.
  public static func internalError(_ message: String) -> RPCError {
    RPCError(code: -32603, message: "Internal error: \(message)")
  }

  /// -32800: the caller withdrew the request.
  public static let requestCancelled = RPCError(code: -32800, message: "The request was cancelled")

  /// -32007: a message above the limit; it was skipped unread.
  /// - Parameters:
  ///   - size: the message's length in bytes, nil when it is only known to be above the limit.
  ///   - limit: the longest message accepted, in bytes.
  public static func frameTooLarge(size: Int?, limit: Int) -> RPCError {
    let subject = size.map { "A message of \($0) bytes" } ?? "A message"
    return RPCError(code: -32007, message: "\(subject) is over the limit of \(limit) bytes and was skipped")
  }
}

/// A foreign string, made fit for a log line or an error message: short and printable.
func excerpt(_ text: String, limit: Int = 80) -> String {
  let shown = String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit))).printable
  return text.unicodeScalars.count > limit ? shown + "…" : shown
}
