import Foundation

/// The platform of a virtual Mac. (macOS 12)
///
/// Model, identifier and auxiliary storage belong to the machine's disk: keep them, and give them again at every start.
open class VZMacPlatformConfiguration: VZPlatformConfiguration {
  /// The kind of Mac. From the restore image's requirements when a machine is made.
  public var hardwareModel = VZMacHardwareModel.standard
  /// Which Mac this is; a new unique one by default. Two running machines must not share one.
  public var machineIdentifier = VZMacMachineIdentifier()
  /// What the Mac's firmware stores; nil by default, which is not valid. Its hardware model must be the platform's.
  public var auxiliaryStorage: VZMacAuxiliaryStorage?

  public init() {
    super.init(base: ())
  }

  override func snapshot() -> VZPlatformConfiguration {
    let copy = VZMacPlatformConfiguration()
    copy.hardwareModel = hardwareModel
    copy.machineIdentifier = machineIdentifier
    copy.auxiliaryStorage = auxiliaryStorage
    return copy
  }

  override func check() throws {
    try checking("hardwareModel") {
      if let problem = hardwareModel.problem {
        throw ConfigurationProblem.notSupported(
          problem, suggestion: StandInMac.isEnabled ? nil : StandInMac.suggestion)
      }
    }
    try checking("auxiliaryStorage") {
      guard let auxiliaryStorage else {
        throw ConfigurationProblem(
          "The auxiliary storage is missing.",
          suggestion: "Create one for this hardware model, or give the one that was made with the machine's disk.")
      }
      try auxiliaryStorage.check(for: hardwareModel)
    }
  }
}
