import Foundation

/// What a virtual Mac must have to run what a restore image installs. (macOS 12)
open class VZMacOSConfigurationRequirements: NSObject {
  /// The kind of Mac.
  public let hardwareModel: VZMacHardwareModel
  /// The fewest virtual CPUs.
  public let minimumSupportedCPUCount: Int
  /// The least memory, in bytes.
  public let minimumSupportedMemorySize: UInt64

  init(hardwareModel: VZMacHardwareModel, minimumCPUCount: Int, minimumMemorySize: UInt64) {
    self.hardwareModel = hardwareModel
    minimumSupportedCPUCount = minimumCPUCount
    minimumSupportedMemorySize = minimumMemorySize
    super.init()
  }
}
