import Foundation
import HelperProtocol
import Platform
import Virtualization

/// Starting, pausing and resuming. On the machine's queue, inside the line; each completion is called once, there.
extension Machine {
  typealias Completion = (WireError?) -> Void

  /// - Parameters:
  ///   - paused: pauses the machine as soon as it runs.
  ///   - allowsDuplicateIdentity: whether it may run beside another machine with its identity.
  ///   - isCancelled: asked when the machine runs; it is then stopped again.
  func start(
    paused: Bool, allowsDuplicateIdentity: Bool = false, _ macOS: MacStart? = nil,
    isCancelled: @escaping () -> Bool, _ completion: @escaping Completion
  ) {
    guard virtualMachine.canStart else {
      // The framework refuses, and says why.
      return virtualMachine.start { [self] in completion(failure(of: $0)) }
    }
    if let error = bundle?.refusalToStart { return completion(error) }
    beginRun(allowsDuplicateIdentity: allowsDuplicateIdentity) { [self] result in
      switch result {
      case .success(let run): start(run, paused: paused, macOS, isCancelled: isCancelled, completion)
      case .failure(let error): completion(WireError(error))
      }
    }
  }

  private func start(
    _ run: MachineRun, paused: Bool, _ macOS: MacStart?, isCancelled: @escaping () -> Bool,
    _ completion: @escaping Completion
  ) {
    move(to: .starting(run))
    begin(macOS) { [self] result in
      if let error = failure(of: result) {
        run.end()
        move(to: .stopped)
        return completion(explain(error))
      }
      // The guest may be through already.
      if case .starting = lifecycle { move(to: .running(run)) }
      if isCancelled() { return stopAfterCancel(completion) }
      if paused { return pause(completion) }
      completion(nil)
    }
  }

  private func begin(
    _ macOS: MacStart?, _ completion: @escaping (Result<Void, any Error>) -> Void
  ) {
    guard let macOS else { return virtualMachine.start(completionHandler: completion) }
    macOS.start(virtualMachine, completion)
  }

  func pause(_ completion: @escaping Completion) {
    guard virtualMachine.canPause, let run = lifecycle.run else {
      return virtualMachine.pause { [self] in completion(failure(of: $0)) }
    }
    move(to: .pausing(run))
    virtualMachine.pause { [self] result in
      settle(result, success: .paused(run), otherwise: .running(run), completion)
    }
  }

  func resume(_ completion: @escaping Completion) {
    guard virtualMachine.canResume, let run = lifecycle.run else {
      return virtualMachine.resume { [self] in completion(failure(of: $0)) }
    }
    let error = lifecycle.pauseError
    move(to: .resuming(run))
    virtualMachine.resume { [self] result in
      settle(result, success: .running(run), otherwise: .paused(run, error), completion)
    }
  }

  /// The end of a transition, unless the whole run has ended meanwhile.
  private func settle(
    _ result: Result<Void, any Error>, success: Lifecycle, otherwise: Lifecycle, _ completion: Completion
  ) {
    let error = failure(of: result)
    if lifecycle.run != nil { move(to: error == nil ? success : otherwise) }
    completion(error)
  }

  private func stopAfterCancel(_ completion: @escaping Completion) {
    stop { _ in completion(.requestCancelled) }
  }

  private func failure(of result: Result<Void, any Error>) -> WireError? {
    guard case .failure(let error) = result else { return nil }
    return wireError(error)
  }

  /// Says what the host lacks, where that is why the machine did not begin to run.
  func explain(_ error: WireError) -> WireError {
    let error = HostTrouble.look().explain(error, isMac: isMac)
    guard error.kind == .notSupported, let problem = HypervisorFacts.probe().problem else { return error }
    return WireError(.hypervisorMissing, problem.description, apple: error.apple)
  }
}
