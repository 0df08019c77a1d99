import Foundation

extension VZVirtualMachine {
  /// Writes the state of a paused machine to a file (macOS 14.0). Not available on a Linux host yet: the handler gets a
  /// `VZError`, `notSupported` or, when the machine is not paused, `invalidVirtualMachineState`.
  public func saveMachineStateTo(url saveFileURL: URL, completionHandler: @escaping ((any Error)?) -> Void) {
    dispatchPrecondition(condition: .onQueue(queue))
    let error =
      state == .paused
      ? Self.notSavable
      : VZError(.invalidVirtualMachineState, reason: "The state of a machine can be saved when it is paused only.")
    queue.async { completionHandler(error) }
  }

  /// Brings a stopped machine to the state in a file (macOS 14.0). Not available on a Linux host yet: the handler gets a
  /// `VZError`, `notSupported` or, when the machine is not stopped, `invalidVirtualMachineStateTransition`.
  public func restoreMachineStateFrom(url saveFileURL: URL, completionHandler: @escaping ((any Error)?) -> Void) {
    dispatchPrecondition(condition: .onQueue(queue))
    let error = state == .stopped ? Self.notSavable : transitionError("restore a state", allowed: "stopped")
    queue.async { completionHandler(error) }
  }

  /// As ``saveMachineStateTo(url:completionHandler:)``; may be called from anywhere.
  public func saveMachineStateTo(url saveFileURL: URL) async throws {
    try await onQueue { machine, handler in
      machine.saveMachineStateTo(url: saveFileURL) { handler($0.map { .failure($0) } ?? .success(())) }
    }
  }

  /// As ``restoreMachineStateFrom(url:completionHandler:)``; may be called from anywhere.
  public func restoreMachineStateFrom(url saveFileURL: URL) async throws {
    try await onQueue { machine, handler in
      machine.restoreMachineStateFrom(url: saveFileURL) { handler($0.map { .failure($0) } ?? .success(())) }
    }
  }

  private static var notSavable: VZError {
    VZError(.notSupported, reason: "This version cannot save and restore machines on a Linux host.")
  }
}
