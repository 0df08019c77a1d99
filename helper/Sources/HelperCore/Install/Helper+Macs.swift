import HelperProtocol

extension Helper {
  /// Ends an installation, so that what comes after it in the machine's line has its turn.
  func cancelInstallation(of handle: MachineHandle) {
    guard let machine = try? machines.find(handle) else { return }
    machine.cancelInstallations()
  }

  /// Says which of this helper's virtual Macs take the places that a host has.
  func namingRunningMacs(_ error: WireError) -> WireError {
    guard error.kind == .virtualMachineLimitExceeded else { return error }
    let running = machines.all.filter { machine in
      guard case .mac = machine.configuration.platform else { return false }
      return machine.currentState != .stopped && machine.currentState != .error
    }
    var error = error
    error.message +=
      running.isEmpty
      ? " None of them is a machine of this helper."
      : " Of this helper: " + running.map { "\($0.title) (\($0.handle))" }.joined(separator: ", ") + "."
    return error
  }
}
