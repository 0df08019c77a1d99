import Foundation
import HostSystem
import Virtualization

/// What runs the guests of this host, beyond what the framework's interface tells.
package struct HypervisorFacts {
  /// Whether it is the framework itself or a program of its own.
  package let isFramework: Bool
  /// Absolute path of the program.
  package let path: String?
  package let version: String?
  /// Why guests cannot run; nil when they can.
  package let problem: HostProblem?
  /// How guest instructions are executed: "hardware", "kvm", "tcg" or "none".
  package let accelerator: String
  /// Why that way, in a sentence.
  package let acceleratorReason: String
  /// What to do for a faster one; nil when there is none.
  package let acceleratorRemedy: String?
  /// The program that serves shared folders, where it is one of its own: absolute path and version.
  package let sharingPath: String?
  package let sharingVersion: String?
  /// Why folders cannot be shared; nil when they can.
  package let sharingProblem: HostProblem?

  #if os(Linux)
    /// Looks the host over, each time anew: programs may have been installed meanwhile. Can take a second the first time.
    package static func probe() -> HypervisorFacts {
      let facts = HypervisorHost.probe()
      let problem = facts.qemuProblem.map { HostProblem(finding: $0.finding, remedy: $0.remedy) }
      return HypervisorFacts(
        isFramework: false, path: facts.qemuPath, version: facts.qemuVersion, problem: problem,
        accelerator: problem == nil ? facts.accelerator : "none",
        acceleratorReason: problem?.description ?? facts.acceleratorReason,
        acceleratorRemedy: facts.acceleratorRemedy, sharingPath: facts.virtiofsdPath,
        sharingVersion: facts.virtiofsdVersion,
        sharingProblem: facts.virtiofsdProblem.map { HostProblem(finding: $0.finding, remedy: $0.remedy) })
    }

    /// Asks for the hypervisor's own word for the machine's state. `completion` is called once, on any thread.
    package static func queryStatus(
      of machine: VZVirtualMachine, completion: @escaping (Result<String, any Error>) -> Void
    ) {
      machine.queryHypervisorStatus(completion)
    }

    /// Whether a file that is not recognized as a kernel cannot be booted either.
    package static let bootsKnownKernelsOnly = true

    /// Hears why the hypervisor holds a guest by itself, which pauses its machine; on the machine's queue.
    package static func whenHeld(_ machine: VZVirtualMachine, _ handler: @escaping (any Error) -> Void) {
      machine.holdHandler = handler
    }

    /// The process that runs the guest, or nil when there is none.
    package static func processIdentifier(of machine: VZVirtualMachine) -> pid_t? {
      machine.hypervisorProcessIdentifier
    }

    /// Whether there is anything to ask beyond the framework.
    package static let answersQueries = true

    /// Takes what the hypervisor has to say: what did not work as asked, and what its programs write. The handlers are
    /// called on any thread.
    package static func redirectLog(to handler: @escaping LogHandler) { HypervisorLog.redirect(to: handler) }
  #else
    package static func probe() -> HypervisorFacts {
      let problem = VZVirtualMachine.isSupported ? nil : unsupported
      return HypervisorFacts(
        isFramework: true, path: nil, version: nil, problem: problem, accelerator: problem == nil ? "hardware" : "none",
        acceleratorReason: problem?.description ?? "The framework uses the processor's virtualization extensions.",
        acceleratorRemedy: nil, sharingPath: nil, sharingVersion: nil, sharingProblem: nil)
    }

    private static var unsupported: HostProblem {
      Processor.isInVirtualMachine
        ? HostProblem(
          finding: "This macOS is itself a guest, and the framework runs no guests in it.",
          remedy: "Use a Mac that is no virtual machine.")
        : HostProblem(
          finding: "The framework says that this Mac cannot run virtual machines.",
          remedy: "Use a Mac with Apple silicon, or see that the helper carries its entitlement.")
    }

    package static func queryStatus(
      of machine: VZVirtualMachine, completion: @escaping (Result<String, any Error>) -> Void
    ) {
      completion(.failure(CocoaError(.featureUnsupported)))
    }

    package static let bootsKnownKernelsOnly = false

    /// The framework gives the errors of a disk to the guest, and says nothing of them.
    package static func whenHeld(_ machine: VZVirtualMachine, _ handler: @escaping (any Error) -> Void) {}

    package static func processIdentifier(of machine: VZVirtualMachine) -> pid_t? { nil }

    package static let answersQueries = false

    /// The framework writes into the system's log.
    package static func redirectLog(to handler: @escaping LogHandler) {}
  #endif
}
