#if os(Linux) || arch(arm64)
  import Virtualization

  // DiskImageKit came with macOS 27: only an SDK that has it has what is used here.
  #if os(Linux) || canImport(DiskImageKit)
    extension GuestProvisioning {
      /// Why there is none on this host; nil when there is.
      package static var problem: String? {
        MacHost.version.major >= 27
          ? nil : "Guest provisioning needs a host with macOS 27; this one has macOS \(MacHost.version)."
      }

      /// Wraps `VZMacGuestProvisioningOptions`, macOS 27.0.
      ///
      /// - Throws: what the framework says about the names and the password.
      func set(on options: VZMacOSVirtualMachineStartOptions) throws {
        guard #available(macOS 27, *) else { preconditionFailure("asked for what problem denies") }
        let provisioning = VZMacGuestProvisioningOptions()
        provisioning.fullName = fullName
        provisioning.username = username
        provisioning.password = password
        provisioning.logsInAutomatically = logsInAutomatically
        provisioning.enablesRemoteLogin = enablesRemoteLogin
        try options.setGuestProvisioning(provisioning)
      }
    }
  #else
    extension GuestProvisioning {
      package static let problem: String? =
        "This build of the helper knows no guest provisioning; it needs the SDK of macOS 27."

      func set(on options: VZMacOSVirtualMachineStartOptions) throws {
        preconditionFailure("asked for what problem denies")
      }
    }
  #endif
#endif
