import JSONRPC

/// Handlers by method, each with the decoding of its params.
struct RouteTable: Sendable {
  private typealias Route = @Sendable (PendingRequest, RawJSON?) -> Void

  private var routes: [String: Route] = [:]

  mutating func add<Params: Decodable, Result>(
    _ method: String, _ handler: @escaping @Sendable (Params, Reply<Result>) -> Void
  ) {
    routes[method] = { request, params in
      let decoded: Params
      do {
        decoded = try WireCoder.decode(Params.self, from: params?.bytes ?? emptyObjectBytes, root: "params")
      } catch let fault as WireFault {
        return request.fail(WireError(fault).rpcError)
      } catch {
        return request.fail(WireError(.invalidParams, "params cannot be read: \(error)", path: "params").rpcError)
      }
      handler(decoded, Reply(request))
    }
  }

  /// A method without params: whatever is sent along is not even looked at.
  mutating func add<Result>(_ method: String, _ handler: @escaping @Sendable (Reply<Result>) -> Void) {
    routes[method] = { request, _ in handler(Reply(request)) }
  }

  func route(_ request: PendingRequest, params: RawJSON?) {
    if let route = routes[request.method] { return route(request, params) }
    let near = closestName(to: request.method, in: routes.keys)
    let hint = near.map { "; did you mean \"\($0)\"?" } ?? ""
    request.fail(WireError(.methodNotFound, "There is no method \"\(request.method.prefix(64))\"\(hint)").rpcError)
  }
}

private let emptyObjectBytes = Array("{}".utf8)
