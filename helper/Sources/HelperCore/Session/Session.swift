import Foundation
import HelperProtocol
import HostSystem
import JSONRPC

/// One client's connection to the helper.
final class Session: RPCService, @unchecked Sendable {  // `grace` is locked, `router` is set before the first request
  let helper: Helper
  /// Seconds that guests get when this client ends the helper.
  let grace: Locked<Double>
  private var router: Router?
  private let link = Locked<Connection?>(nil)

  init(helper: Helper) {
    self.helper = helper
    grace = Locked(helper.grace)
  }

  var connection: Connection? { link.value }

  /// Lets go of the connection, which holds this session.
  func disconnect() { link.value = nil }

  func connectionDidOpen(_ connection: Connection) {
    link.value = connection
    router = Router(
      balloon: BalloonHandlers(self), bundle: BundleHandlers(self), console: ConsoleHandlers(self),
      core: CoreHandlers(self), disk: DiskHandlers(self), display: DisplayHandlers(self), host: HostHandlers(self),
      mac: MacHandlers(self), machine: MachineHandlers(self), network: NetworkHandlers(self),
      restoreImage: RestoreImageHandlers(self), sharing: SharingHandlers(self), socket: SocketHandlers(self),
      window: WindowHandlers(self))
    helper.sessionDidOpen(self)
  }

  func handle(_ request: PendingRequest, params: RawJSON?) {
    guard !helper.isEnding else { return request.fail(WireError.shuttingDown.rpcError) }
    router?.route(request, params: params)
  }

  /// No notification of the protocol comes from a client.
  func handleNotification(method: String, params: RawJSON?, on connection: Connection) {
    Log.debug("ignored the notification \(method.prefix(64))")
  }

  func connectionDidClose(_ connection: Connection, reason: ConnectionEnd) {
    helper.sessionDidClose(self, reason: reason)
    // The handlers hold this session.
    router = nil
  }
}
