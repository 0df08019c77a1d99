import HelperProtocol
import HelperWindow
import Platform

/// Windows of the host on machines.
final class WindowHandlers: WindowRequests, Sendable {
  private let session: Session

  init(_ session: Session) { self.session = session }

  private static let titleLengths = 1...255
  private static let sizeBounds = 64.0...16384.0

  func open(_ params: WindowOpenParams, _ reply: Reply<WindowOpenResult>) {
    do {
      try Bounds.checkLength(params.title, "title", Self.titleLengths)
      try Bounds.checkName(params.title, at: "params.title")
      try Self.checkSize(params.width, "width")
      try Self.checkSize(params.height, "height")
    } catch {
      return reply.fail(WireError(error))
    }
    let windows = session.helper.windows
    session.helper.withMachine(params.machine, reply) { machine, done in
      reply.answerOrFail {
        let display = try machine.display(0)
        if let problem = GUISession.problem { throw WireError(.notSupported, problem) }
        windows.open(machine, Self.options(params, machine, display), params.closeBehavior ?? .keepRunning)
        return WindowOpenResult()
      }
      done()
    }
  }

  func close(_ params: WindowCloseParams, _ reply: Reply<WindowCloseResult>) {
    let windows = session.helper.windows
    session.helper.withMachine(params.machine, reply) { machine, done in
      windows.close(machine.handle, .request)
      reply.succeed()
      done()
    }
  }

  private static func options(_ params: WindowOpenParams, _ machine: Machine, _ display: Display) -> WindowOptions {
    WindowOptions(
      title: params.title ?? machine.title, width: params.width, height: params.height,
      displayWidth: Double(display.widthInPixels), displayHeight: Double(display.heightInPixels),
      capturesSystemKeys: params.capturesSystemKeys ?? true,
      automaticallyReconfiguresDisplay: params.automaticallyReconfiguresDisplay ?? true)
  }

  private static func checkSize(_ value: Double?, _ name: String) throws {
    guard let value, !sizeBounds.contains(value) else { return }
    throw WireError.invalidParams("params.\(name)", "must be from 64 to 16384 points, not \(value)")
  }
}
