import Foundation

/// How a virtual Mac is started. Valid only for machines with a `VZMacOSBootLoader`. (macOS 13)
open class VZMacOSVirtualMachineStartOptions: VZVirtualMachineStartOptions {
  /// Whether the Mac starts into macOS Recovery; false by default.
  public var startUpFromMacOSRecovery = false

  /// What the guest is told about its first user; nil when nothing. (macOS 27)
  public private(set) var guestProvisioningOptions: VZMacGuestProvisioningOptions?

  public override init() {
    super.init()
  }

  /// Sets what the guest is told about its first user, which only the first boot after the installation heeds. (macOS 27)
  ///
  /// - Throws: what `validate()` of the options throws; then nothing is set.
  public func setGuestProvisioning(_ options: VZMacGuestProvisioningOptions?) throws {
    try options?.validate()
    guestProvisioningOptions = options?.copy() as? VZMacGuestProvisioningOptions
  }
}
