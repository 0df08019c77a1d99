import Virtualization

/// The machine's name for system services, which only the newest systems know.
package enum MachineLabel {
  // DiskImageKit came with macOS 27: only an SDK that has it has what is used here.
  #if os(Linux) || canImport(DiskImageKit)
    package static var problem: String? {
      guard #available(macOS 27, *) else { return "A label needs a host with macOS 27." }
      return nil
    }

    package static func set(_ label: String, of configuration: VZVirtualMachineConfiguration) {
      guard #available(macOS 27, *) else { preconditionFailure("asked for what problem denies") }
      configuration.label = label
    }
  #else
    package static let problem: String? = "This build of the helper knows no label; it needs the SDK of macOS 27."

    package static func set(_ label: String, of configuration: VZVirtualMachineConfiguration) {
      preconditionFailure("asked for what problem denies")
    }
  #endif
}
