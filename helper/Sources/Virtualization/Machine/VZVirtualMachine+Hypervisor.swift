import Foundation

/// What a Linux host can tell beyond the framework's interface.
extension VZVirtualMachine {
  /// Asks the running QEMU itself for its state ("running", "paused", …). May be called from any thread; the completion is
  /// called once, on any thread, and must be short. Fails when the machine is not running.
  package func queryHypervisorStatus(_ completion: @escaping (Result<String, any Error>) -> Void) {
    guard let session else {
      return completion(
        .failure(VZError(.invalidVirtualMachineState, reason: "The machine has no hypervisor: it is not running.")))
    }
    session.execute("query-status") { result in
      switch result {
      case .success(let value): completion(.success(value["status"]?.string ?? "unknown"))
      case .failure(let error):
        completion(.failure(VZError(.internalError, reason: "The hypervisor does not answer: \(error)")))
      }
    }
  }

  /// The process that runs the guest, or nil when there is none. May be read from any thread.
  package var hypervisorProcessIdentifier: pid_t? { session?.processIdentifier }
}
