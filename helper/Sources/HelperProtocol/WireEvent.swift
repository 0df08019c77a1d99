import JSONRPC

/// A notification of the helper.
public protocol WireEvent: Encodable, Sendable {
  /// Its name, such as `machine.stateChanged`.
  static var method: String { get }
}

extension Connection {
  /// Tells the client that something happened. Order is kept.
  public func send(_ event: some WireEvent) {
    guard let bytes = try? WireCoder.encode(event) else {
      return assertionFailure("\(type(of: event)) cannot be written as JSON")
    }
    notify(method: type(of: event).method, params: RawJSON(bytes: bytes))
  }
}
