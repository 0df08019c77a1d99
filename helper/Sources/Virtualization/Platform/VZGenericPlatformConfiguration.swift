import Foundation

/// The platform of every guest that is not macOS. (macOS 12)
open class VZGenericPlatformConfiguration: VZPlatformConfiguration {
  /// Which machine this is; a new unique one by default. Two running machines must not share one, and a restored machine
  /// needs the one that it was saved with. (macOS 13)
  public var machineIdentifier = VZGenericMachineIdentifier()
  /// Whether the guest may run virtual machines itself; false by default. (macOS 15)
  public var isNestedVirtualizationEnabled = false

  /// Whether guests of this host can run virtual machines: never on Linux hosts. (macOS 15)
  public class var isNestedVirtualizationSupported: Bool { false }

  public init() {
    super.init(base: ())
  }

  override func snapshot() -> VZPlatformConfiguration {
    let copy = VZGenericPlatformConfiguration()
    copy.machineIdentifier = machineIdentifier
    copy.isNestedVirtualizationEnabled = isNestedVirtualizationEnabled
    return copy
  }

  override func check() throws {
    try checking("isNestedVirtualizationEnabled") {
      guard !isNestedVirtualizationEnabled || Self.isNestedVirtualizationSupported else {
        throw ConfigurationProblem.notSupported("Nested virtualization is not available on a Linux host.")
      }
    }
  }
}
