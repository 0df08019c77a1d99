import Foundation
import HelperProtocol
import Platform
import Virtualization

/// Making machines and listing them; what is done with one is in the file beside this.
final class MachineHandlers: MachineRequests, Sendable {
  let session: Session

  init(_ session: Session) { self.session = session }

  private static let nameLengths = 1...255

  func validate(_ params: MachineValidateParams, _ reply: Reply<MachineValidateResult>) {
    session.helper.workQueue.async {
      reply.answerOrFail {
        let built = try ConfigurationBuilder(for: .validation).build(params.configuration)
        return SaveSupport.of(built.configuration)
      }
    }
  }

  func create(_ params: MachineCreateParams, _ reply: Reply<MachineCreateResult>) {
    session.helper.workQueue.async { [helper = session.helper] in
      reply.answerOrFail {
        try Bounds.checkLength(params.name, "name", Self.nameLengths)
        try Self.requireHypervisor()
        let built = try ConfigurationBuilder(for: .machine).build(params.configuration)
        if reply.isCancelled { throw WireError.requestCancelled }
        let machine = Machine(
          handle: helper.machines.makeHandle(), name: params.name, built: built,
          makeSocketPath: { try helper.runtimeFolder.makeSocketPath() }, emit: { helper.broadcast($0) })
        helper.machines.add(machine)
        Log.info("machine \(machine.title) is \(machine.handle)")
        return MachineCreateResult(machine: machine.handle, configuration: machine.configuration)
      }
    }
  }

  func list(_ reply: Reply<MachineListResult>) {
    let machines = session.helper.machines.all.map {
      MachineSummary(machine: $0.handle, name: $0.name, state: $0.currentState)
    }
    reply.succeed(MachineListResult(machines: machines))
  }

  private static func requireHypervisor() throws {
    guard !VZVirtualMachine.isSupported else { return }
    let problem = HypervisorFacts.probe().problem ?? "This host cannot run virtual machines."
    throw WireError(.hypervisorMissing, problem)
  }
}

/// Whether machines of a configuration can be saved.
private enum SaveSupport {
  static func of(_ configuration: VZVirtualMachineConfiguration) -> MachineValidateResult {
    guard #available(macOS 14, *) else {
      return MachineValidateResult(canSaveAndRestore: false, saveAndRestoreReason: "It needs macOS 14.")
    }
    do {
      try configuration.validateSaveRestoreSupport()
      return MachineValidateResult(canSaveAndRestore: true)
    } catch {
      return MachineValidateResult(canSaveAndRestore: false, saveAndRestoreReason: WireError(error).message)
    }
  }
}
