import Virtualization

/// The machine's name for system services, which only the newest systems know.
package enum MachineLabel {
  #if os(Linux)
    package static let problem: String? = nil

    package static func set(_ label: String, of configuration: VZVirtualMachineConfiguration) {
      configuration.label = label
    }
  #else
    package static let problem: String? = "This build of the helper knows no label; it needs the SDK of macOS 27."

    package static func set(_ label: String, of configuration: VZVirtualMachineConfiguration) {
      preconditionFailure("asked for what problem denies")
    }
  #endif
}
