extension VZVirtualMachine {
  /// What a machine is doing.
  ///
  /// Wraps `VZVirtualMachine.State`, macOS 11.0.
  public enum State: Int, Sendable {
    /// Not running; the first state.
    case stopped = 0
    /// The guest runs.
    case running = 1
    /// The guest is held and can be resumed.
    case paused = 2
    /// Ended by an error, of which the delegate was told.
    case error = 3
    case starting = 4
    case pausing = 5
    case resuming = 6
    /// Being stopped by ``VZVirtualMachine/stop(completionHandler:)`` (macOS 12.0).
    case stopping = 7
    /// The state of the machine is being written to a file (macOS 14.0).
    case saving = 8
    /// The state of the machine is being read from a file (macOS 14.0).
    case restoring = 9
  }
}
