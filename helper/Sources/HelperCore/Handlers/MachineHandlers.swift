import Foundation
import HelperProtocol
import Virtualization

/// Making machines and listing them; what is done with one is in the file beside this.
final class MachineHandlers: MachineRequests, Sendable {
  let session: Session

  init(_ session: Session) { self.session = session }

  static let nameLengths = 1...255

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
        try Bounds.checkName(params.name, at: "params.name")
        let machine = try helper.makeMachine(
          params.configuration, name: params.name, isCancelled: { reply.isCancelled })
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
