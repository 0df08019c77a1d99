import CVirtualization
import Foundation
import HostSystem

/// One run of one machine: a QEMU with its monitor and whatever serves its devices. Its functions may be called from any
/// thread; what it tells arrives on threads of its own.
final class HypervisorSession: @unchecked Sendable {
  /// How a run came to its end.
  enum End {
    /// The guest turned itself off.
    case guestStopped
    /// `stop` or `kill` was called.
    case requested
    case failed(VZError)
  }

  private let lock = NSLock()
  private var qemu: ChildProcess?
  private var monitor: QMPConnection?
  private var resources: SessionResources?
  private var story = SessionStory()
  private var killed = false
  private var ended = false
  private var endHandler: ((End) -> Void)?
  private var eventHandler: ((QMPEvent) -> Void)?

  /// A QEMU that hangs is killed this long after it was told to quit.
  private static let quitPatience = DispatchTimeInterval.seconds(5)
  /// A QEMU that has closed its monitor is given this long to end.
  private static let exitPatience = DispatchTimeInterval.seconds(10)

  /// Starts the machine; `completion` is called once when the guest runs or cannot. After a success `onEnd` is called
  /// once, when QEMU is gone.
  func start(
    _ configuration: VZVirtualMachineConfiguration, sockets: [VhostUserVsockBackend], macStart: MacStart,
    onEvent: @escaping (QMPEvent) -> Void, onEnd: @escaping (End) -> Void,
    completion: @escaping (Result<Void, VZError>) -> Void
  ) {
    lock.withLock {
      endHandler = onEnd
      eventHandler = onEvent
    }
    DispatchQueue.global().async { [self] in
      do {
        try launch(configuration, sockets: sockets, macStart, completion: completion)
      } catch {
        finishLaunchFailure(error, completion)
      }
    }
  }

  private func launch(
    _ configuration: VZVirtualMachineConfiguration, sockets: [VhostUserVsockBackend], _ macStart: MacStart,
    completion: @escaping (Result<Void, VZError>) -> Void
  ) throws {
    let program = try HypervisorHost.usableQEMU()
    let commandLine = QEMUCommandLine()
    let (ours, theirs) = try UnixSocket.makePair()
    commandLine.addMachine(configuration, accelerator: .host, facts: program.facts, monitor: theirs)
    let connection: QMPConnection
    do {
      connection = try QMPConnection(socket: ours)
    } catch {
      close(ours)
      throw error
    }
    let resources = SessionResources(sockets: sockets)
    lock.withLock { self.resources = resources }
    try resources.add(configuration, to: commandLine, macStart)
    let child = try ChildProcess.launch(
      ChildLaunch(
        path: program.path, arguments: commandLine.arguments, descriptors: commandLine.descriptors,
        hasSmallPages: Accelerator.host.kind == .tcg && PageCost.prefersSmallPages))
    commandLine.closeDescriptors()
    // The children keep the session alive until they are reaped, so that its end is always seen.
    child.whenExited { [self] in qemuDidExit($0, completion) }
    connection.whenEvent { [weak self] in self?.take($0) }
    connection.whenClosed { [weak self] in self?.monitorDidClose($0) }
    adopt(child, connection)
    resources.watch { [weak self] in self?.serviceDidFail($0) }
    run(connection, completion)
  }

  private func adopt(_ child: ChildProcess, _ connection: QMPConnection) {
    let unwanted = lock.withLock {
      qemu = child
      monitor = connection
      return killed
    }
    if unwanted { child.kill() }
  }

  /// Both commands go out before QEMU has even started to read: its first answer says that all devices are made.
  private func run(_ connection: QMPConnection, _ completion: @escaping (Result<Void, VZError>) -> Void) {
    connection.execute("qmp_capabilities") { _ in }
    connection.execute("cont") { [weak self] result in
      switch result {
      case .success:
        guard let self, claimStart() else { return }
        resources?.machineDidStart()
        completion(.success(()))
      case .failure(.refused(_, let description)):
        // An ended QEMU is told of by its exit, which knows its last words.
        self?.refuseStart(description)
      case .failure(.closed): break
      }
    }
  }

  private func refuseStart(_ description: String) {
    lock.withLock { story.startRefusal = description }
    kill()
  }

  /// True for the one caller that may complete the start.
  private func claimStart() -> Bool {
    lock.withLock {
      guard !story.startWasAnswered, !ended else { return false }
      story.startWasAnswered = true
      return true
    }
  }

  private func finishLaunchFailure(_ error: any Error, _ completion: (Result<Void, VZError>) -> Void) {
    let left = lock.withLock {
      ended = true
      endHandler = nil
      eventHandler = nil
      defer { resources = nil }
      return resources
    }
    left?.end()
    completion(.failure(SessionStory.startError(error)))
  }

  // MARK: - While it runs

  /// The process behind the machine, for as long as there is one.
  var processIdentifier: pid_t? { lock.withLock { ended ? nil : qemu?.processIdentifier } }

  /// The processes that serve its shared folders.
  var daemonProcessIdentifiers: [pid_t] { lock.withLock { resources?.daemons.map(\.child.processIdentifier) ?? [] } }

  /// Sends a monitor command; the completion is called once, on the event loop or right here.
  func execute(
    _ command: String, _ arguments: QMPValue? = nil, descriptor: Int32 = -1,
    completion: @escaping QMPConnection.Completion
  ) {
    guard let connection = lock.withLock({ monitor }) else {
      return completion(.failure(.closed(reason: "the machine is not running")))
    }
    connection.execute(command, arguments, descriptor: descriptor, completion: completion)
  }

  /// Exchanges the content of a shared folder device.
  func replaceShare(at index: Int, with share: VZDirectoryShare?) throws {
    guard let resources = lock.withLock({ resources }) else { return }
    try resources.daemons[index].replace(with: share)
  }

  /// Ends QEMU in its own order, or by force when it does not answer. The end is told through `onEnd`.
  func stop() {
    lock.withLock { story.stopWasRequested = true }
    guard let connection = lock.withLock({ monitor }) else { return kill() }
    connection.execute("quit") { _ in }
    DispatchQueue.global().asyncAfter(deadline: .now() + Self.quitPatience) { [weak self] in self?.kill() }
  }

  /// Ends QEMU at once.
  func kill() {
    let child = lock.withLock {
      killed = true
      story.stopWasRequested = true
      return qemu
    }
    child?.kill()
  }

  private func take(_ event: QMPEvent) {
    let handler = lock.withLock {
      story.note(event)
      return eventHandler
    }
    handler?(event)
    // Its cause is known now, and the guest will not get further.
    if event.name == "GUEST_PANICKED" { lock.withLock { qemu }?.kill() }
  }

  private func serviceDidFail(_ problem: String) {
    // A service also ends because QEMU does. Only a QEMU that still answers shows that the service failed by itself.
    execute("query-status") { [weak self] result in
      if case .success = result { self?.fail(problem) }
    }
  }

  private func monitorDidClose(_ reason: String) {
    DispatchQueue.global().asyncAfter(deadline: .now() + Self.exitPatience) { [weak self] in self?.fail(reason) }
  }

  /// Ends QEMU, which cannot serve the guest any longer.
  func fail(_ problem: String) {
    runningChild(notingServiceFailure: problem)?.kill()
  }

  private func runningChild(notingServiceFailure problem: String) -> ChildProcess? {
    lock.lock()
    defer { lock.unlock() }
    guard !ended else { return nil }
    story.serviceFailure = problem
    return qemu
  }

  // MARK: - Its end

  private func qemuDidExit(_ exit: ChildProcess.Exit, _ completion: @escaping (Result<Void, VZError>) -> Void) {
    // What QEMU said before it went may still be in the socket.
    lock.withLock { monitor }?.drain()
    lock.lock()
    ended = true
    let child = qemu
    let connection = monitor
    let left = resources
    let handler = endHandler
    let started = story.startWasAnswered
    story.startWasAnswered = true
    let outcome = story.end(
      exit, lastMessages: child?.lastMessages ?? "", serviceMessages: left?.lastMessages ?? "")
    monitor = nil
    resources = nil
    endHandler = nil
    eventHandler = nil
    lock.unlock()
    connection?.close(reason: "QEMU has ended")
    left?.end()
    if started {
      handler?(outcome)
    } else {
      completion(.failure(SessionStory.startError(outcome)))
    }
  }
}
