import Foundation

extension VZVirtualMachine {
  /// Stops the machine without asking the guest, as by taking its power away; allowed when it is running or paused.
  ///
  /// - Parameter completionHandler: called on the machine's queue when the machine is stopped, or with a `VZError`
  ///   (`invalidVirtualMachineStateTransition`). The delegate is not told.
  public func stop(completionHandler: @escaping ((any Error)?) -> Void) {
    dispatchPrecondition(condition: .onQueue(queue))
    guard canStop, let session else {
      let error = transitionError("stop", allowed: "running or paused")
      return queue.async { completionHandler(error) }
    }
    state = .stopping
    stopHandlers.append(completionHandler)
    session.stop()
  }

  /// As ``stop(completionHandler:)``; may be called from anywhere.
  public func stop() async throws {
    try await onQueue { machine, handler in
      machine.stop { error in handler(error.map { .failure($0) } ?? .success(())) }
    }
  }

  /// Asks the guest to turn itself off, by its power button. Success says only that it was asked: a guest without a
  /// program that heeds the button does nothing.
  public func requestStop() throws {
    dispatchPrecondition(condition: .onQueue(queue))
    guard canRequestStop, let session else { throw transitionError("be asked to stop", allowed: "running or paused") }
    session.execute("system_powerdown") { result in
      if case .failure(.refused(_, let reason)) = result {
        HypervisorLog.write("the guest cannot be asked to stop: \(reason)")
      }
    }
  }

  /// The end of a run, for whatever reason.
  func runDidEnd(_ end: HypervisorSession.End, of ended: HypervisorSession) {
    guard ended === session else { return }
    endRun()
    let handlers = stopHandlers
    stopHandlers = []
    switch end {
    case .failed(let error) where handlers.isEmpty:
      state = .error
      delegate?.virtualMachine(self, didStopWithError: error)
    case .guestStopped where handlers.isEmpty:
      state = .stopped
      delegate?.guestDidStop(self)
    default:
      // It was to stop and it has stopped, even if by another cause in the same moment.
      state = .stopped
    }
    for handler in handlers { handler(nil) }
  }

  func endRun() {
    session = nil
    diskFault = nil
    for case let device as VZVirtioSocketDevice in socketDevices { device.setBackend(nil) }
  }
}
