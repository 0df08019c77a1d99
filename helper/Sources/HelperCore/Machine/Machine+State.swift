import HelperProtocol
import Platform

extension Machine {
  /// On the machine's queue.
  ///
  /// - Parameters:
  ///   - live: asks the hypervisor too.
  ///   - completion: called once, on any thread.
  func describeState(live: Bool, _ completion: @escaping (MachineStateResult) -> Void) {
    var result = MachineStateResult(
      state: lifecycle.state, canStart: virtualMachine.canStart, canPause: virtualMachine.canPause,
      canResume: virtualMachine.canResume, canStop: virtualMachine.canStop,
      canRequestStop: virtualMachine.canRequestStop)
    result.hypervisorProcessIdentifier = HypervisorFacts.processIdentifier(of: virtualMachine)
    guard live, HypervisorFacts.answersQueries, result.hypervisorProcessIdentifier != nil else {
      return completion(result)
    }
    HypervisorFacts.queryStatus(of: virtualMachine) { status in
      // One that has just ended has no word for it.
      result.hypervisorStatus = try? status.get()
      completion(result)
    }
  }
}
