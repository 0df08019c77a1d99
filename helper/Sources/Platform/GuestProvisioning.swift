import Foundation
import Virtualization

/// The first user of a new virtual Mac, which only the newest systems know.
package struct GuestProvisioning {
  let fullName: String
  let username: String
  let password: String
  let logsInAutomatically: Bool
  let enablesRemoteLogin: Bool

  package init(
    fullName: String, username: String, password: String, logsInAutomatically: Bool, enablesRemoteLogin: Bool
  ) {
    self.fullName = fullName
    self.username = username
    self.password = password
    self.logsInAutomatically = logsInAutomatically
    self.enablesRemoteLogin = enablesRemoteLogin
  }

  // DiskImageKit came with macOS 27: only an SDK that has it has what is used here.
  #if os(Linux) || canImport(DiskImageKit)
    package static var problem: String? {
      MacHost.version.major >= 27
        ? nil : "Guest provisioning needs a host with macOS 27; this one has macOS \(MacHost.version)."
    }

    /// - Throws: what the framework says about the names and the password.
    package func set(on options: VZMacOSVirtualMachineStartOptions) throws {
      guard #available(macOS 27, *) else { preconditionFailure("asked for what problem denies") }
      let provisioning = VZMacGuestProvisioningOptions()
      provisioning.fullName = fullName
      provisioning.username = username
      provisioning.password = password
      provisioning.logsInAutomatically = logsInAutomatically
      provisioning.enablesRemoteLogin = enablesRemoteLogin
      try options.setGuestProvisioning(provisioning)
    }
  #else
    package static let problem: String? =
      "This build of the helper knows no guest provisioning; it needs the SDK of macOS 27."

    package func set(on options: VZMacOSVirtualMachineStartOptions) throws {
      preconditionFailure("asked for what problem denies")
    }
  #endif
}
