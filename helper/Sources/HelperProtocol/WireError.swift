import JSONRPC

/// An error as it is told to a client: a stable kind, a sentence for people, and the framework's own error.
public struct WireError: Error, Sendable {
  public var kind: ErrorKind
  /// What happened, to what, and what to do, in plain words.
  public var message: String
  /// What to do, where it is more than the advice of the kind.
  public var hint: String?
  /// The place in the params, for params that do not fit.
  public var path: String?
  /// The framework's error and what caused it.
  public var apple: AppleError?
  /// Facts for programs, by name.
  public var details: [String: JSONValue]?

  public init(
    _ kind: ErrorKind, _ message: String, path: String? = nil, apple: AppleError? = nil,
    details: [String: JSONValue]? = nil
  ) {
    self.kind = kind
    self.message = message
    self.path = path
    self.apple = apple
    self.details = details
  }

  /// Params that cannot be read.
  public init(_ fault: WireFault) {
    self.init(.invalidParams, fault.message, path: fault.path)
  }

  /// The same error inside an event.
  public var info: ErrorInfo {
    ErrorInfo(kind: kind.name, code: Int32(clamping: kind.code), message: message.printable, apple: apple)
  }

  /// The error object of a response.
  public var rpcError: RPCError {
    let data = ErrorData(kind: kind.name, hint: hint ?? kind.hint, path: path, details: details, apple: apple)
    let bytes = try? WireCoder.encode(data)
    return RPCError(code: kind.code, message: message.printable, data: bytes.map { RawJSON(bytes: $0) })
  }
}
