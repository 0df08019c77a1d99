import HelperProtocol
import Virtualization

/// The memory balloon.
final class BalloonHandlers: BalloonRequests, Sendable {
  private let session: Session

  init(_ session: Session) { self.session = session }

  func target(_ params: BalloonTargetParams, _ reply: Reply<BalloonTargetResult>) {
    session.helper.answer(params.machine, reply, isShort: true) { machine in
      BalloonTargetResult(memorySize: try Self.balloon(of: machine).targetVirtualMachineMemorySize)
    }
  }

  func setTarget(_ params: BalloonSetTargetParams, _ reply: Reply<BalloonSetTargetResult>) {
    session.helper.answer(params.machine, reply, isShort: true) { machine in
      let balloon = try Self.balloon(of: machine)
      guard machine.virtualMachine.state == .running || machine.virtualMachine.state == .paused else {
        throw WireError(
          .invalidState, "The machine \(machine.title) does not run, so its guest cannot be asked for memory.")
      }
      balloon.targetVirtualMachineMemorySize = params.memorySize
      return BalloonSetTargetResult(memorySize: balloon.targetVirtualMachineMemorySize)
    }
  }

  private static func balloon(of machine: Machine) throws -> VZVirtioTraditionalMemoryBalloonDevice {
    let devices = machine.virtualMachine.memoryBalloonDevices
    guard let balloon = devices.first as? VZVirtioTraditionalMemoryBalloonDevice else {
      throw WireError(
        .deviceNotConfigured,
        "The machine \(machine.title) has no memory balloon. Add one to memoryBalloonDevices and create it again.")
    }
    return balloon
  }
}
