import Foundation

/// The accelerated graphics device of a virtual Mac. (macOS 12)
open class VZMacGraphicsDeviceConfiguration: VZGraphicsDeviceConfiguration {
  /// The device's displays: at most one, none by default.
  public var displays: [VZMacGraphicsDisplayConfiguration] = []

  public init() {
    super.init(base: ())
  }

  override func snapshot() -> VZGraphicsDeviceConfiguration {
    let copy = VZMacGraphicsDeviceConfiguration()
    copy.displays = displays.map { $0.snapshot() }
    return copy
  }

  override func check() throws {
    guard displays.count <= 1 else {
      throw ConfigurationProblem("A Mac graphics device has at most one display.").in("displays[1]")
    }
    for (index, display) in displays.enumerated() {
      try checking("displays[\(index)]") { try display.check() }
    }
    try StandInMac.require()
  }

  override func makeDevice() -> VZGraphicsDevice {
    VZMacGraphicsDevice(displays: displays.map { VZMacGraphicsDisplay($0) })
  }

  override var displayPlans: [DisplayPlan] {
    displays.map { DisplayPlan(width: $0.widthInPixels, height: $0.heightInPixels, isMac: true) }
  }
}
