import Foundation
import HostSystem

@testable import JSONRPC

/// A service whose behaviour a test gives as closures, and which notes what happens to it.
final class TestService: RPCService, @unchecked Sendable {  // the notes are behind `lock`
  typealias Handler = @Sendable (PendingRequest, RawJSON?) -> Void

  private let lock = NSLock()
  private let handler: Handler
  private var notedNotifications: [String] = []
  private var notedEnds: [ConnectionEnd] = []
  private var notedLog: [String] = []
  private let ended = DispatchSemaphore(value: 0)

  /// Without a handler, every request is answered with its own params (`null` without).
  init(_ handler: @escaping Handler = { request, params in request.succeed(params ?? .null) }) {
    self.handler = handler
  }

  func handle(_ request: PendingRequest, params: RawJSON?) { handler(request, params) }

  func handleNotification(method: String, params: RawJSON?, on connection: Connection) {
    lock.withLock { notedNotifications.append("\(method) \(params?.description ?? "-")") }
  }

  func connectionDidClose(_ connection: Connection, reason: ConnectionEnd) {
    lock.withLock { notedEnds.append(reason) }
    ended.signal()
  }

  var notifications: [String] { lock.withLock { notedNotifications } }
  var ends: [ConnectionEnd] { lock.withLock { notedEnds } }
  var logged: [String] { lock.withLock { notedLog } }
  var log: LogHandler { { level, text in self.lock.withLock { self.notedLog.append("\(level): \(text)") } } }

  /// Waits for the connection's end and gives its reason.
  func waitForEnd() -> ConnectionEnd? {
    guard ended.wait(timeout: .now() + TestPeer.patience) == .success else { return nil }
    return ends.last
  }
}
