import HelperProtocol

/// Windows of the host on machines.
final class WindowHandlers: WindowRequests, Sendable {
  private let session: Session

  init(_ session: Session) { self.session = session }

  func open(_ params: WindowOpenParams, _ reply: Reply<WindowOpenResult>) {
    let window: WindowRequest
    do {
      window = try WindowRequest(params.windowOptions)
    } catch {
      return reply.fail(WireError(error))
    }
    let windows = session.helper.windows
    session.helper.answer(params.machine, reply) { machine in
      try window.open(machine, windows)
      return WindowOpenResult()
    }
  }

  func close(_ params: WindowCloseParams, _ reply: Reply<WindowCloseResult>) {
    let windows = session.helper.windows
    session.helper.answer(params.machine, reply) { machine in
      windows.close(machine.handle, .request)
      return WindowCloseResult()
    }
  }
}
