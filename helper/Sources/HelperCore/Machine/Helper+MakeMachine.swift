import HelperProtocol
import Platform
import Virtualization

extension Helper {
  /// Makes a machine and enters it; it is not started. Blocks.
  ///
  /// - Parameters:
  ///   - bundle: held until the machine is disposed of.
  ///   - isCancelled: whether the caller has lost interest.
  func makeMachine(
    _ configuration: MachineConfiguration, name: String?, bundle: MachineBundle? = nil, isCancelled: () -> Bool
  ) throws -> Machine {
    try Self.requireHypervisor()
    let built = try ConfigurationBuilder(for: .machine).build(configuration)
    if isCancelled() { throw WireError.requestCancelled }
    let machine = Machine(
      handle: machines.makeHandle(), name: name, built: built, bundle: bundle,
      makeSocketPath: { [self] in try runtimeFolder.makeSocketPath() }, emit: { [self] in tell($0) })
    machines.add(machine)
    Log.info("machine \(machine.title) is \(machine.handle)")
    return machine
  }

  private func tell(_ event: any WireEvent) {
    broadcast(event)
    if let stopped = event as? MachineStoppedEvent { windows.close(stopped.machine, .machineStopped) }
  }

  private static func requireHypervisor() throws {
    guard !VZVirtualMachine.isSupported else { return }
    let problem = HypervisorFacts.probe().problem?.description ?? "This host cannot run virtual machines."
    throw WireError(.hypervisorMissing, problem)
  }
}
