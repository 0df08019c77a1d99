import Foundation
import HelperProtocol
import HostSystem
import JSONRPC
import Platform
import Virtualization

/// One virtual machine: the framework's object on a queue of its own, and what the helper keeps around it.
///
/// What is not a constant is used on `queue` only, unless it says otherwise. Operations go through `line`.
final class Machine: @unchecked Sendable {
  let handle: MachineHandle
  let name: String?
  /// The configuration with everything filled in.
  let configuration: MachineConfiguration
  let networks: [NetworkUse]
  let consoles: [ConsoleHub]
  let queue: DispatchQueue
  let line: OperationLine
  /// Pictures of displays, one at a time since a picture takes much memory. Nothing else waits for them.
  let pictures: OperationLine
  let virtualMachine: VZVirtualMachine
  let sockets: MachineSockets

  private let disks: [DiskUse]
  private let ports: [PortReservation]
  private let outputs: [OutputPath]
  /// What the machine was made from, if it was made from a bundle.
  let bundle: MachineBundle?
  private let emit: (any WireEvent) -> Void
  private let observer = MachineObserver()
  private(set) var lifecycle = Lifecycle.stopped
  /// Who takes the guest's connections, by port.
  var acceptors: [UInt32: SocketAcceptor] = [:]
  /// Counts the wishes to end installations, those that wait in line included. May be used from any thread.
  let installCancels = Locked(0)
  private let publishedState: Locked<MachineState>

  /// - Parameters:
  ///   - bundle: let go when the machine is disposed of.
  ///   - emit: sends an event to the clients; called on the machine's queue.
  init(
    handle: MachineHandle, name: String?, built: BuiltConfiguration, bundle: MachineBundle? = nil,
    makeSocketPath: @escaping () throws -> String, emit: @escaping (any WireEvent) -> Void
  ) {
    self.handle = handle
    self.name = name
    self.emit = emit
    configuration = built.resolved
    networks = built.networks
    consoles = built.consoles
    disks = built.disks
    ports = built.ports
    outputs = built.outputs
    self.bundle = bundle
    let queue = DispatchQueue(label: "vzkit.machine.\(handle)")
    self.queue = queue
    line = OperationLine(queue: queue)
    pictures = OperationLine(queue: queue)
    virtualMachine = queue.sync { VZVirtualMachine(configuration: built.configuration, queue: queue) }
    sockets = MachineSockets(machine: handle, makePath: makeSocketPath)
    publishedState = Locked(.stopped)
    observer.machine = self
    queue.sync {
      virtualMachine.delegate = observer
      HypervisorFacts.whenHeld(virtualMachine) { [weak self] in self?.hypervisorDidHold($0) }
    }
  }

  /// The name in messages to people. That of a bundle is its folder's, which may be called anything.
  var title: String { (name ?? handle).printable }

  /// Whether it is a virtual Mac.
  var isMac: Bool {
    if case .mac = configuration.platform { return true }
    return false
  }

  /// The state as clients were last told. May be read from anywhere.
  var currentState: MachineState { publishedState.value }

  // MARK: - Steps, on the queue

  /// What this machine may use while it runs.
  ///
  /// - Parameters:
  ///   - allowsDuplicateIdentity: whether it may run beside another machine with its identity.
  ///   - completion: called once, on the queue; at once, unless the process that has a disk is about to end and so to let
  ///     go of it.
  func beginRun(
    allowsDuplicateIdentity: Bool = false, _ completion: @escaping (Result<MachineRun, any Error>) -> Void
  ) {
    beginRun(until: .now() + HolderIsEnding.patience, allowsDuplicateIdentity, completion)
  }

  private func beginRun(
    until deadline: DispatchTime, _ allowsDuplicateIdentity: Bool,
    _ completion: @escaping (Result<MachineRun, any Error>) -> Void
  ) {
    do {
      completion(.success(try makeRun(allowsDuplicateIdentity)))
    } catch let error as HolderIsEnding {
      guard DispatchTime.now() < deadline else { return completion(.failure(error.refusal)) }
      queue.asyncAfter(deadline: .now() + HolderIsEnding.pause) { [self] in
        beginRun(until: deadline, allowsDuplicateIdentity, completion)
      }
    } catch {
      completion(.failure(error))
    }
  }

  private func makeRun(_ allowsDuplicateIdentity: Bool) throws -> MachineRun {
    let run: MachineRun
    do {
      run = try MachineRun(disks: disks, outputs: outputs, ports: ports, networks: networks, owner: title)
    } catch var error as WireError {
      error.rename(ConfigurationBuilder.root, to: "configuration")
      throw error
    }
    do {
      run.identity = try claimIdentity(allowsDuplicate: allowsDuplicateIdentity)
    } catch {
      run.end()
      throw error
    }
    return run
  }

  private func claimIdentity(allowsDuplicate: Bool) throws -> IdentityClaim {
    let record = RunningMachineRecord(
      machine: handle, name: title, processIdentifier: getpid(), isMac: isMac, bundle: bundle?.path.path)
    return try IdentityClaim(record, configuration.identities, allowsDuplicate: allowsDuplicate)
  }

  /// Changes the lifecycle and tells of it.
  func move(to next: Lifecycle) {
    let previous = lifecycle.state
    lifecycle = next
    guard next.state != previous else { return }
    publishedState.value = next.state
    Log.debug("machine \(title): \(previous.rawValue) → \(next.state.rawValue)")
    emit(
      MachineStateChangedEvent(
        machine: handle, state: next.state, previousState: previous, pauseError: next.pauseError?.info))
  }

  /// The end of a run that had begun to run. Comes once for each, since it ends what `lifecycle` owns.
  func endRun(_ reason: StopReason, error: WireError? = nil) {
    // The end of an installation is told by its own answer.
    if case .installing = lifecycle { return }
    guard let run = lifecycle.run else { return }
    run.end()
    move(to: reason == .error ? .failed : .stopped)
    if let error { Log.warning("machine \(title) stopped: \(error.message)") }
    emit(MachineStoppedEvent(machine: handle, reason: reason, error: error?.info))
  }

  /// The hypervisor holds the guest by itself. Resuming lets it go on, once the cause is mended.
  private func hypervisorDidHold(_ cause: any Error) {
    guard case .running(let run) = lifecycle else { return }
    let error = wireError(cause)
    Log.warning("machine \(title) is paused: \(error.message)")
    move(to: .paused(run, error))
  }

  /// The guest turned itself off.
  func guestDidStop() {
    guard let run = lifecycle.run else { return }
    endRun(run.wasAskedToStop ? .request : .guest)
  }

  /// Makes the machine unusable, as the last of its operations.
  func markDisposed() {
    lifecycle = .disposed
    for port in ports { port.release() }
    bundle?.release()
    virtualMachine.delegate = nil
  }

  /// What the framework says went wrong with this machine. Its internal errors are the hypervisor's.
  func wireError(_ error: any Error) -> WireError {
    var wire = WireError(error)
    if wire.kind == .internalError { wire.kind = .hypervisorFailed }
    return wire
  }
}

/// Passes on what the framework tells about a machine.
final class MachineObserver: NSObject, VZVirtualMachineDelegate {
  weak var machine: Machine?

  func guestDidStop(_ virtualMachine: VZVirtualMachine) {
    machine?.guestDidStop()
  }

  func virtualMachine(_ virtualMachine: VZVirtualMachine, didStopWithError error: any Error) {
    guard let machine else { return }
    machine.endRun(.error, error: machine.wireError(error))
  }
}
