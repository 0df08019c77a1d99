import Foundation
import HelperProtocol
import HelperWindow
import HostSystem
import JSONRPC

/// What all clients of this process share: the machines, the folder for sockets, and the way it all ends.
final class Helper: @unchecked Sendable {  // the fields are constants or locked
  enum Mode {
    /// One client, with whom the helper ends.
    case attached
    /// Any number of clients; the helper ends when asked to.
    case detached
  }

  let mode: Mode
  /// Seconds that guests get by default when the helper ends.
  let grace: Double
  let machines = MachineTable()
  let runtimeFolder: RuntimeFolder
  let handover = Handover()
  let windows: WindowTable
  /// For work that takes a while and belongs to no machine.
  let workQueue = DispatchQueue(label: "vzkit.work", attributes: .concurrent)

  private let sessions: Locked<[ObjectIdentifier: Session]>
  private let ending = Locked<HelperEnd?>(nil)
  private let exit: () -> Void

  /// - Parameters:
  ///   - openWindow: opens windows on machines.
  ///   - exit: ends the process, after everything is cleaned up.
  init(
    mode: Mode, grace: Double, runtimeFolder: RuntimeFolder = RuntimeFolder(),
    openWindow: @escaping WindowTable.Opener = { MachineWindow(machine: $0, options: $1, shouldClose: $2) },
    exit: @escaping () -> Void
  ) {
    self.mode = mode
    self.grace = grace
    self.runtimeFolder = runtimeFolder
    self.exit = exit
    let sessions = Locked<[ObjectIdentifier: Session]>([:])
    self.sessions = sessions
    windows = WindowTable(opener: openWindow) { event in
      for session in sessions.value.values { session.connection?.send(event) }
    }
  }

  /// Whether the end has begun: no request is taken any more.
  var isEnding: Bool { ending.value != nil }

  /// Tells all clients.
  func broadcast(_ event: any WireEvent) {
    for session in sessions.value.values { session.connection?.send(event) }
  }

  // MARK: - Clients

  func sessionDidOpen(_ session: Session) {
    sessions.with { $0[ObjectIdentifier(session)] = session }
  }

  func sessionDidClose(_ session: Session, reason: ConnectionEnd) {
    Log.debug("a client has gone: \(reason)")
    for machine in machines.all {
      machine.queue.async { machine.stopListening(owner: ObjectIdentifier(session)) }
    }
    guard mode == .attached else { return forget(session) }
    // Not here: requests that have arrived may still be answered, which this thread sees to.
    let grace = session.grace.value
    workQueue.async { [self] in
      waitForAnswers(of: session, seconds: grace)
      forget(session)
      end(grace: grace)
    }
  }

  /// A client that ends its input may still read: a shell's `printf … | vzkit-helper`. Its requests are carried out, as
  /// long as it is there and patience lasts.
  private func waitForAnswers(of session: Session, seconds: Double) {
    guard let connection = session.connection else { return }
    connection.drain(milliseconds: Int(max(seconds, 1) * 1000))
  }

  private func forget(_ session: Session) {
    sessions.with { $0[ObjectIdentifier(session)] = nil }
    session.disconnect()
  }

  // MARK: - The end

  /// Ends the helper in order: guests are asked to stop, those that do not are stopped after `grace` seconds, nothing is
  /// left behind. A second call changes nothing but can add something to do.
  ///
  /// - Parameter beforeExit: runs when all machines are stopped, before the process ends; it must be short.
  func end(grace: Double, beforeExit: @escaping () -> Void = {}) {
    let (end, isFirst) = ending.with { ending -> (HelperEnd, Bool) in
      if let ending { return (ending, false) }
      let new = HelperEnd(machines: machines, grace: grace)
      ending = new
      return (new, true)
    }
    end.whenDone(beforeExit)
    guard isFirst else { return }
    Log.info("ending; guests have \(grace) seconds to turn themselves off")
    end.begin { [self] in finish() }
  }

  /// Stops all guests at once and ends.
  func endAtOnce() {
    guard let end = ending.value else { return end(grace: 0) }
    Log.info("asked again: guests are stopped at once")
    end.hurry()
  }

  private func finish() {
    let connections = sessions.value.values.compactMap(\.connection)
    for connection in connections { connection.drain(milliseconds: 1000) }
    runtimeFolder.remove()
    exit()
  }
}
