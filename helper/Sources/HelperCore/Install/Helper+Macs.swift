import HelperProtocol

extension Helper {
  /// Ends an installation, so that what comes after it in the machine's line has its turn.
  func cancelInstallation(of handle: MachineHandle) {
    guard let machine = try? machines.find(handle) else { return }
    machine.cancelInstallations()
  }

  /// Says which virtual Macs of this user take the places that a host has.
  func namingRunningMacs(_ error: WireError) -> WireError {
    guard error.kind == .virtualMachineLimitExceeded else { return error }
    let running = RunningMac.all()
    var error = error
    error.message +=
      running.isEmpty
      ? " None of them runs in a helper of this user."
      : " In helpers of this user run \(running.map(\.words).joined(separator: ", "))."
    return error
  }
}

extension RunningMac {
  /// For people: the name, and where to stop it.
  var words: String { "\"\(name)\" (\(machine) of the helper with process id \(processIdentifier))" }
}
