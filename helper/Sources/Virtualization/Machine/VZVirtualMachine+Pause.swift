import Foundation

extension VZVirtualMachine {
  /// Holds the guest; allowed when it runs.
  ///
  /// - Parameter completionHandler: called on the machine's queue when the guest stands still, or with a `VZError`:
  ///   `invalidVirtualMachineStateTransition`, or `internalError` when the machine stopped meanwhile.
  public func pause(completionHandler: @escaping (Result<Void, any Error>) -> Void) {
    dispatchPrecondition(condition: .onQueue(queue))
    guard canPause else {
      return complete(completionHandler, .failure(transitionError("pause", allowed: "running")))
    }
    change(by: "stop", through: .pausing, to: .paused, from: .running, completionHandler)
  }

  /// Lets a paused guest go on.
  ///
  /// - Parameter completionHandler: called on the machine's queue when the guest runs, or with a `VZError` as for
  ///   ``pause(completionHandler:)``.
  public func resume(completionHandler: @escaping (Result<Void, any Error>) -> Void) {
    dispatchPrecondition(condition: .onQueue(queue))
    guard canResume else {
      return complete(completionHandler, .failure(transitionError("resume", allowed: "paused")))
    }
    change(by: "cont", through: .resuming, to: .running, from: .paused, completionHandler)
  }

  /// As ``pause(completionHandler:)``; may be called from anywhere.
  public func pause() async throws {
    try await onQueue { $0.pause(completionHandler: $1) }
  }

  /// As ``resume(completionHandler:)``; may be called from anywhere.
  public func resume() async throws {
    try await onQueue { $0.resume(completionHandler: $1) }
  }

  private func change(
    by command: String, through transition: State, to target: State, from origin: State,
    _ handler: @escaping (Result<Void, any Error>) -> Void
  ) {
    state = transition
    guard let session else { preconditionFailure("a running or paused machine has a session") }
    session.execute(command) { [weak self, queue] result in
      queue.async { [weak self] in
        // A machine that ended meanwhile keeps the state of its end.
        let isCurrent = self?.state == transition
        switch result {
        case .success where isCurrent:
          self?.state = target
          handler(.success(()))
        case .failure(.refused(_, let reason)) where isCurrent:
          self?.state = origin
          handler(.failure(VZError(.internalError, reason: "QEMU refused: \(reason)")))
        default:
          handler(.failure(VZError(.internalError, reason: "The machine stopped meanwhile.")))
        }
      }
    }
  }
}
