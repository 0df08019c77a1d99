import HelperProtocol

/// What a machine is doing, with what is there only while it does it.
enum Lifecycle {
  case stopped
  case failed
  case starting(MachineRun)
  case installing(MachineRun)
  case running(MachineRun)
  case pausing(MachineRun)
  /// The error says why the hypervisor holds the guest by itself; nil when it was asked to.
  case paused(MachineRun, WireError? = nil)
  case resuming(MachineRun)
  case stopping(MachineRun)
  /// Forgotten; nothing is allowed any more.
  case disposed

  /// What one start holds, until its end.
  var run: MachineRun? {
    switch self {
    case .stopped, .failed, .disposed: return nil
    case .starting(let run), .installing(let run), .running(let run), .pausing(let run), .paused(let run, _),
      .resuming(let run),
      .stopping(let run):
      return run
    }
  }

  /// Why the guest is held without anybody having asked.
  var pauseError: WireError? {
    if case .paused(_, let error) = self { return error }
    return nil
  }

  /// The word for it on the wire.
  var state: MachineState {
    switch self {
    case .stopped, .disposed: return .stopped
    case .failed: return .error
    case .starting: return .starting
    case .installing: return .installing
    case .running: return .running
    case .pausing: return .pausing
    case .paused: return .paused
    case .resuming: return .resuming
    case .stopping: return .stopping
    }
  }
}
