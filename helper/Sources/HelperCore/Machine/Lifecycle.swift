import HelperProtocol

/// What a machine is doing, with what is there only while it does it.
enum Lifecycle {
  case stopped
  case failed
  case starting(MachineRun)
  case installing(MachineRun)
  case running(MachineRun)
  case pausing(MachineRun)
  case paused(MachineRun)
  case resuming(MachineRun)
  case stopping(MachineRun)
  /// Forgotten; nothing is allowed any more.
  case disposed

  /// What one start holds, until its end.
  var run: MachineRun? {
    switch self {
    case .stopped, .failed, .disposed: return nil
    case .starting(let run), .installing(let run), .running(let run), .pausing(let run), .paused(let run),
      .resuming(let run),
      .stopping(let run):
      return run
    }
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
