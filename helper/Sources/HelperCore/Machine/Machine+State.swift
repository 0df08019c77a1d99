import Foundation
import HelperProtocol
import HostSystem
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
    result.pauseError = lifecycle.pauseError?.info
    guard live, HypervisorFacts.answersQueries, result.hypervisorProcessIdentifier != nil else {
      return completion(result)
    }
    let known = result
    let isAnswered = Locked(false)
    /// The first of the hypervisor and the time that is up answers.
    let answer = { (change: (inout MachineStateResult) -> Void) in
      let isLate = isAnswered.with { answered in
        defer { answered = true }
        return answered
      }
      guard !isLate else { return }
      var result = known
      change(&result)
      completion(result)
    }
    HypervisorFacts.queryStatus(of: virtualMachine) { status in
      answer {
        $0.isHypervisorResponding = true
        // One that has just ended has no word for it.
        $0.hypervisorStatus = try? status.get()
      }
    }
    DispatchQueue.global().asyncAfter(deadline: .now() + Self.hypervisorPatience) {
      answer { $0.isHypervisorResponding = false }
    }
  }

  /// Seconds that the hypervisor may take to tell its state.
  private static let hypervisorPatience = 2.0
}
