import Foundation
import HelperProtocol
import Virtualization

/// The ways to an end. On the machine's queue, inside the line.
extension Machine {
  /// Stops the guest without asking it.
  func stop(_ completion: @escaping Completion) {
    guard virtualMachine.canStop, let run = lifecycle.run else {
      return virtualMachine.stop { [self] in completion($0.map(wireError)) }
    }
    let previous = lifecycle
    move(to: .stopping(run))
    virtualMachine.stop { [self] error in
      if let error {
        if lifecycle.run != nil { move(to: previous) }
        return completion(wireError(error))
      }
      endRun(.stop)
      completion(nil)
    }
  }

  /// Asks the guest to turn itself off; until `stopAfter` is over it is asked again and again.
  ///
  /// - Parameter stopAfter: seconds after which it is stopped if it still runs.
  func requestStop(stopAfter: Double?) throws {
    do {
      try virtualMachine.requestStop()
    } catch {
      var error = wireError(error)
      if error.kind == .invalidStateTransition { error.kind = .invalidState }
      throw error
    }
    guard let run = lifecycle.run else { return }
    run.wasAskedToStop = true
    guard let stopAfter else { return }
    keepAsking(run)
    run.after(seconds: stopAfter, on: queue) { [weak self, weak run] in
      guard let self, let run else { return }
      self.line.submit { turn in
        // In line it was the turn of others; the run may have ended.
        guard self.lifecycle.run === run else { return }
        Log.info("machine \(self.title) did not turn itself off in \(stopAfter) seconds and is stopped")
        self.stop { _ in turn.end() }
      }
    }
  }

  /// Stops the machine if it runs, and lets go of everything.
  func dispose(_ completion: @escaping Completion) {
    if case .disposed = lifecycle { return completion(.machineNotFound(handle)) }
    stopIfRunning { [self] in
      markDisposed()
      sockets.close()
      completion(nil)
    }
  }

  func stopIfRunning(_ completion: @escaping () -> Void) {
    guard virtualMachine.canStop else { return completion() }
    stop { _ in completion() }
  }

  /// Closes the consoles after delivering what is left; `completion` runs on any thread.
  func closeConsoles(_ completion: @escaping () -> Void) {
    let group = DispatchGroup()
    for console in consoles {
      group.enter()
      console.close { group.leave() }
    }
    group.notify(queue: queue, execute: completion)
  }

  /// For the end of the helper: asks a running guest to turn itself off.
  ///
  /// - Parameter completion: called on the machine's queue when it no longer runs; at once when it cannot be asked. A
  ///   paused guest cannot hear.
  func askToEnd(_ completion: @escaping () -> Void) {
    guard virtualMachine.state == .running, (try? virtualMachine.requestStop()) != nil, let run = lifecycle.run else {
      return completion()
    }
    run.wasAskedToStop = true
    keepAsking(run)
    run.onEnd.append(completion)
  }

  private func keepAsking(_ run: MachineRun) {
    run.powerButton = PowerButton(on: queue) { [weak self] in
      // One that is held hears nothing.
      guard let self, case .running = lifecycle else { return }
      Log.debug("machine \(title) is asked again to turn itself off")
      try? virtualMachine.requestStop()
    }
  }
}
