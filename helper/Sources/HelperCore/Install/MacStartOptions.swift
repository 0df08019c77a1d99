import HelperProtocol
import Platform

/// How a virtual Mac is started, from the wire.
enum MacStartOptions {
  /// Nil when nothing of it is asked for.
  static func make(_ params: MachineStartParams) throws -> MacStart? {
    guard params.startUpFromMacOSRecovery == true || params.guestProvisioning != nil else { return nil }
    let provisioning = try params.guestProvisioning.map(provisioning)
    return try MacStart(fromRecovery: params.startUpFromMacOSRecovery ?? false, provisioning: provisioning)
  }

  private static func provisioning(_ wire: MacGuestProvisioning) throws -> GuestProvisioning {
    if let problem = GuestProvisioning.problem {
      throw WireError(.notSupported, problem, path: "params.guestProvisioning")
    }
    return GuestProvisioning(
      fullName: wire.fullName, username: wire.username, password: wire.password,
      logsInAutomatically: wire.logsInAutomatically ?? false, enablesRemoteLogin: wire.enablesRemoteLogin ?? false)
  }
}
