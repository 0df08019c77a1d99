// Stands in for the JSONRPC target until that has its first commit.
public struct RawJSON: Sendable, Equatable {
  public let bytes: [UInt8]
  public init(bytes: [UInt8]) { self.bytes = bytes }
}
public struct RPCError: Error, Sendable, Equatable {
  public var code: Int
  public var message: String
  public var data: RawJSON?
  public init(code: Int, message: String, data: RawJSON? = nil) { self.code = code; self.message = message; self.data = data }
}
public final class Connection: Sendable {
  public func notify(method: String, params: RawJSON?) {}
}
public final class PendingRequest: Sendable {
  public let method: String
  public let connection: Connection
  public init(method: String, connection: Connection) { self.method = method; self.connection = connection }
  public func succeed(_ result: RawJSON) {}
  public func fail(_ error: RPCError) {}
  public var isCancelled: Bool { false }
  public func onCancel(_ handler: @escaping @Sendable () -> Void) {}
  public func reportProgress(_ value: RawJSON) {}
}
