import HelperProtocol
import Platform
import Virtualization

/// How a virtual Mac is started, from the wire.
enum MacStartOptions {
  /// Nil when nothing of it is asked for.
  static func make(_ params: MachineStartParams) throws -> VZMacOSVirtualMachineStartOptions? {
    guard params.startUpFromMacOSRecovery == true || params.guestProvisioning != nil else { return nil }
    let options = VZMacOSVirtualMachineStartOptions()
    options.startUpFromMacOSRecovery = params.startUpFromMacOSRecovery ?? false
    if let wire = params.guestProvisioning {
      if let problem = GuestProvisioning.problem {
        throw WireError(.notSupported, problem, path: "params.guestProvisioning")
      }
      try GuestProvisioning(
        fullName: wire.fullName, username: wire.username, password: wire.password,
        logsInAutomatically: wire.logsInAutomatically ?? false, enablesRemoteLogin: wire.enablesRemoteLogin ?? false
      ).set(on: options)
    }
    return options
  }
}
