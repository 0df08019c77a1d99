import Foundation

/// Boots macOS from the machine's first disk. Valid only with `VZMacPlatformConfiguration`. (macOS 12)
open class VZMacOSBootLoader: VZBootLoader {
  public init() {
    super.init(base: ())
  }

  override func snapshot() -> VZBootLoader {
    VZMacOSBootLoader()
  }

  override func check(in configuration: VZVirtualMachineConfiguration) throws {
    guard configuration.platform is VZMacPlatformConfiguration else {
      throw ConfigurationProblem("VZMacOSBootLoader needs a VZMacPlatformConfiguration as platform.")
    }
    try StandInMac.require()
  }
}
