import Foundation

extension QEMUCommandLine {
  /// By which the monitor knows a display; counted over all graphics devices.
  static func displayName(_ index: Int) -> String { "display\(index)" }

  func addDisplays(_ sizes: [(width: Int, height: Int)]) {
    for (index, size) in sizes.enumerated() {
      // A computer has one display that speaks VGA.
      let kind = index == 0 ? HostArchitecture.current.graphicsDevice : "virtio-gpu-pci"
      device("\(kind),id=\(Self.displayName(index)),xres=\(size.width),yres=\(size.height)")
    }
  }
}

extension VZVirtualMachineConfiguration {
  /// The sizes of all displays in pixels, in the order of the devices.
  var displaySizes: [(width: Int, height: Int)] { graphicsDevices.flatMap(\.displaySizes) }
}
