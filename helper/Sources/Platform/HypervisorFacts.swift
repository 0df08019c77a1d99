import Foundation
import Virtualization

/// What runs the guests of this host, beyond what the framework's interface tells.
package struct HypervisorFacts {
  /// Whether it is the framework itself or a program of its own.
  package let isFramework: Bool
  /// Absolute path of the program.
  package let path: String?
  package let version: String?
  /// Why guests cannot run and what to do about it; nil when they can.
  package let problem: String?
  /// How guest instructions are executed: "hardware", "kvm", "tcg" or "none".
  package let accelerator: String
  /// Why that way, in a sentence.
  package let acceleratorReason: String
  /// Why folders cannot be shared and what to do about it; nil when they can.
  package let sharingProblem: String?

  #if os(Linux)
    /// Looks the host over, each time anew: programs may have been installed meanwhile. Can take a second the first time.
    package static func probe() -> HypervisorFacts {
      let facts = HypervisorHost.probe()
      return HypervisorFacts(
        isFramework: false, path: facts.qemuPath, version: facts.qemuVersion, problem: facts.qemuProblem,
        accelerator: facts.qemuProblem == nil ? facts.accelerator : "none",
        acceleratorReason: facts.qemuProblem ?? facts.acceleratorReason, sharingProblem: facts.virtiofsdProblem)
    }

    /// Asks for the hypervisor's own word for the machine's state. `completion` is called once, on any thread.
    package static func queryStatus(
      of machine: VZVirtualMachine, completion: @escaping (Result<String, any Error>) -> Void
    ) {
      machine.queryHypervisorStatus(completion)
    }

    /// The process that runs the guest, or nil when there is none.
    package static func processIdentifier(of machine: VZVirtualMachine) -> pid_t? {
      machine.hypervisorProcessIdentifier
    }

    /// Whether there is anything to ask beyond the framework.
    package static let answersQueries = true
  #else
    package static func probe() -> HypervisorFacts {
      let isSupported = VZVirtualMachine.isSupported
      let problem =
        isSupported ? nil : "This Mac cannot run virtual machines, or the helper lacks the entitlement for it."
      return HypervisorFacts(
        isFramework: true, path: nil, version: nil, problem: problem, accelerator: isSupported ? "hardware" : "none",
        acceleratorReason: problem ?? "The framework uses the processor's virtualization extensions.",
        sharingProblem: nil)
    }

    package static func queryStatus(
      of machine: VZVirtualMachine, completion: @escaping (Result<String, any Error>) -> Void
    ) {
      completion(.failure(CocoaError(.featureUnsupported)))
    }

    package static func processIdentifier(of machine: VZVirtualMachine) -> pid_t? { nil }

    package static let answersQueries = false
  #endif
}
