import Foundation
import HelperProtocol
import Platform
import Virtualization

/// What is done with one machine. Each request takes its place in the machine's line on the reader's thread, so that the order
/// of arrival is the order of execution.
extension MachineHandlers {
  func start(_ params: MachineStartParams, _ reply: Reply<MachineStartResult>) {
    let macOS: MacStart?
    let window: WindowRequest?
    do {
      macOS = try MacStartOptions.make(params)
      window = try params.window.map { try WindowRequest($0.windowOptions, at: "window") }
    } catch {
      return reply.fail(WireError(error))
    }
    let helper = session.helper
    withMachine(params.machine, reply) { machine, turn in
      let preparation = StartPreparation(machine, helper.windows)
      do {
        // A machine that cannot start is left as it is; the framework says why.
        if machine.virtualMachine.canStart {
          try preparation.exchange(params.shares ?? [:])
          if let window { try preparation.open(window, isRequired: params.window?.isRequired ?? true) }
        }
      } catch {
        return reply.fail(machine.wireError(error))
      }
      machine.start(
        paused: params.paused ?? false, allowsDuplicateIdentity: params.allowDuplicateIdentity ?? false, macOS,
        isCancelled: { reply.isCancelled }
      ) { error in
        if let error {
          preparation.undo()
          reply.fail(helper.namingRunningMacs(error))
        } else {
          reply.succeed(MachineStartResult(noWindowReason: preparation.noWindowReason))
        }
        turn.end()
      }
    }
  }

  func pause(_ params: MachinePauseParams, _ reply: Reply<MachinePauseResult>) {
    withMachine(params.machine, reply) { machine, turn in
      machine.pause {
        reply.finish($0)
        turn.end()
      }
    }
  }

  func resume(_ params: MachineResumeParams, _ reply: Reply<MachineResumeResult>) {
    withMachine(params.machine, reply) { machine, turn in
      machine.resume {
        reply.finish($0)
        turn.end()
      }
    }
  }

  /// Longest time that a guest may be given.
  private static let stopAfterBounds = 0.0...86400.0

  func requestStop(_ params: MachineRequestStopParams, _ reply: Reply<MachineRequestStopResult>) {
    do {
      try Bounds.check(params.stopAfter, "stopAfter", Self.stopAfterBounds)
    } catch {
      return reply.fail(WireError(error))
    }
    session.helper.answer(params.machine, reply) { machine in
      try machine.requestStop(stopAfter: params.stopAfter)
      return MachineRequestStopResult()
    }
  }

  func install(_ params: MachineInstallParams, _ reply: Reply<MachineInstallResult>) {
    do {
      try HostFileCheck(role: "restore image", path: params.path.string, field: "params.path").requireReadable()
    } catch {
      return reply.fail(WireError(error))
    }
    let helper = session.helper
    // Taken here: what comes later may end it while it still waits in line.
    let cancels = (try? helper.machines.find(params.machine))?.installCancels.value
    withMachine(params.machine, reply) { machine, turn in
      machine.install(
        from: params.path.string, overwrite: params.overwrite ?? false,
        isCancelled: { reply.isCancelled || machine.installCancels.value != cancels },
        onProgress: { reply.progress($0) }
      ) { result in
        reply.answerOrFail {
          try result.mapError { reply.isCancelled ? .requestCancelled : helper.namingRunningMacs($0) }.get()
        }
        turn.end()
      }
    }
  }

  func stop(_ params: MachineStopParams, _ reply: Reply<MachineStopResult>) {
    session.helper.cancelInstallation(of: params.machine)
    withMachine(params.machine, reply) { machine, turn in
      machine.stop {
        reply.finish($0)
        turn.end()
      }
    }
  }

  func state(_ params: MachineStateParams, _ reply: Reply<MachineStateResult>) {
    withMachine(params.machine, reply, isShort: true) { machine, _ in
      // A hypervisor that does not answer must not hold up the operation that ends it: the turn is not kept.
      machine.describeState(live: params.live ?? false) { reply.succeed($0) }
    }
  }

  func dispose(_ params: MachineDisposeParams, _ reply: Reply<MachineDisposeResult>) {
    let helper = session.helper
    helper.cancelInstallation(of: params.machine)
    withMachine(params.machine, reply) { machine, turn in
      machine.dispose { error in
        if error == nil {
          helper.machines.remove(machine)
          helper.windows.close(machine.handle, .request)
          machine.closeConsoles {}
        }
        reply.finish(error)
        turn.end()
      }
    }
  }

  private func withMachine<Result>(
    _ handle: MachineHandle, _ reply: Reply<Result>, isShort: Bool = false,
    _ operation: @escaping (Machine, Turn) -> Void
  ) {
    session.helper.withMachine(handle, reply, isShort: isShort, operation)
  }
}
