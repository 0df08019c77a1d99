import Foundation

/// A Virtio graphics device. (macOS 13)
open class VZVirtioGraphicsDeviceConfiguration: VZGraphicsDeviceConfiguration {
  /// The device's displays: at most one, none by default.
  public var scanouts: [VZVirtioGraphicsScanoutConfiguration] = []

  public init() {
    super.init(base: ())
  }

  override func snapshot() -> VZGraphicsDeviceConfiguration {
    let copy = VZVirtioGraphicsDeviceConfiguration()
    copy.scanouts = scanouts.map { $0.snapshot() }
    return copy
  }

  override func check() throws {
    guard scanouts.count <= 1 else {
      throw ConfigurationProblem("A Virtio graphics device has at most one scanout.").in("scanouts[1]")
    }
    for (index, scanout) in scanouts.enumerated() {
      try checking("scanouts[\(index)]") { try scanout.check() }
    }
  }

  override func makeDevice() -> VZGraphicsDevice {
    VZVirtioGraphicsDevice(
      displays: scanouts.map {
        VZVirtioGraphicsScanout(widthInPixels: $0.widthInPixels, heightInPixels: $0.heightInPixels)
      })
  }

  override var displayPlans: [DisplayPlan] {
    scanouts.map { DisplayPlan(width: $0.widthInPixels, height: $0.heightInPixels, isMac: false) }
  }
}
