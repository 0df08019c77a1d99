import JSONRPC

/// A result that says nothing but that it worked.
public protocol EmptyWireResult: Encodable, Sendable {
  init()
}

/// The one answer that a request still waits for. Answering from any thread is fine; the first answer counts.
public struct Reply<Result: Encodable & Sendable>: Sendable {
  public let request: PendingRequest

  init(_ request: PendingRequest) {
    self.request = request
  }

  /// The connection that the request came on and the answer goes to.
  public var connection: Connection { request.connection }

  public func succeed(_ result: Result) {
    do {
      request.succeed(RawJSON(bytes: try WireCoder.encode(result)))
    } catch {
      fail(WireError(.internalError, "The result of \(request.method) cannot be written as JSON: \(error)"))
    }
  }

  public func fail(_ error: WireError) {
    request.fail(error.rpcError)
  }

  /// Answers with what `body` makes, or with the error it throws.
  public func answer(_ body: () throws -> Result) {
    do {
      succeed(try body())
    } catch let error as WireError {
      fail(error)
    } catch {
      fail(WireError(.internalError, "\(request.method) failed: \(error)"))
    }
  }

  public var isCancelled: Bool { request.isCancelled }

  /// Runs `handler` when the caller cancels, at once if it did already.
  public func onCancel(_ handler: @escaping @Sendable () -> Void) {
    request.onCancel(handler)
  }

  func reportProgress(_ value: some Encodable) {
    guard let bytes = try? WireCoder.encode(value) else { return }
    request.reportProgress(RawJSON(bytes: bytes))
  }
}

private let emptyObject = RawJSON(bytes: Array("{}".utf8))

extension Reply where Result: EmptyWireResult {
  public func succeed() {
    request.succeed(emptyObject)
  }
}
