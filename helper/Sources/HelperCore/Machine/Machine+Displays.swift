import Foundation
import HelperProtocol
import Platform
import Virtualization

/// Displays. On the machine's queue.
extension Machine {
  /// All displays, in the order of their devices.
  var displays: [Display] {
    // Before macOS 14 the framework does not tell; then nothing can have changed them either.
    guard #available(macOS 14, *) else { return configuredDisplays }
    return virtualMachine.graphicsDevices.flatMap(\.displays).enumerated().map { index, display in
      Display(
        index: UInt32(index), widthInPixels: UInt32(clamping: Int(display.sizeInPixels.width)),
        heightInPixels: UInt32(clamping: Int(display.sizeInPixels.height)),
        pixelsPerInch: MacDevices.pixelsPerInch(of: display))
    }
  }

  private var configuredDisplays: [Display] {
    let sizes = (configuration.graphicsDevices ?? []).flatMap { device -> [(UInt32, UInt32, UInt32?)] in
      switch device {
      case .mac(let mac): return mac.displays.map { ($0.widthInPixels, $0.heightInPixels, $0.pixelsPerInch) }
      case .virtio(let virtio): return virtio.scanouts.map { ($0.widthInPixels, $0.heightInPixels, nil) }
      }
    }
    return sizes.enumerated().map {
      Display(index: UInt32($0), widthInPixels: $1.0, heightInPixels: $1.1, pixelsPerInch: $1.2)
    }
  }

  /// - Throws: `deviceNotConfigured` when the machine has no displays, `invalidParams` when it has not that many.
  func display(_ index: UInt32) throws -> Display {
    let displays = displays
    if let display = displays.first(where: { $0.index == index }) { return display }
    guard displays.isEmpty else {
      throw WireError.invalidParams(
        "params.display",
        "must be below \(displays.count), the number of displays of the machine \(title), not \(index)")
    }
    throw WireError(
      .deviceNotConfigured,
      "The machine \(title) has no display. Add one to graphicsDevices and create it again.")
  }

  /// Asks the guest to take another size of a display.
  func reconfigure(display index: UInt32, width: UInt32, height: UInt32, pixelsPerInch: UInt32?) throws {
    _ = try self.display(index)
    guard #available(macOS 14, *) else {
      throw WireError(.notSupported, "Displays can be reconfigured on hosts with macOS 14 and later.")
    }
    let display = virtualMachine.graphicsDevices.flatMap(\.displays)[Int(index)]
    guard let density = MacDevices.pixelsPerInch(of: display) else {
      guard pixelsPerInch == nil else {
        throw WireError.invalidParams("params.pixelsPerInch", "is for displays of virtual Macs only")
      }
      let scanout = VZVirtioGraphicsScanoutConfiguration(widthInPixels: Int(width), heightInPixels: Int(height))
      return try display.reconfigure(configuration: scanout)
    }
    let size = MacDisplaySize(width: width, height: height, pixelsPerInch: pixelsPerInch ?? density)
    try MacDevices.reconfigure(display, size)
  }
}
