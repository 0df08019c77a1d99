import Foundation

/// A display as QEMU is to have it.
struct DisplayPlan {
  let width: Int
  let height: Int
  /// Of a virtual Mac, whose graphics device has no counterpart in QEMU.
  let isMac: Bool

  /// A plain frame buffer that says its size to everybody, and speaks VGA until a guest has set it. Its memory holds a
  /// picture of that size; QEMU wants a power of two.
  var frameBuffer: String {
    let needed = width * height * 4
    let mebibytes = [16, 32, 64, 128, 256].first { $0 << 20 >= needed } ?? 512
    return "VGA,edid=on,vgamem_mb=\(mebibytes)"
  }
}

extension QEMUCommandLine {
  /// By which the monitor knows a display; counted over all graphics devices.
  static func displayName(_ index: Int) -> String { "display\(index)" }

  func addDisplays(_ plans: [DisplayPlan]) {
    for (index, plan) in plans.enumerated() {
      let kind: String
      switch (HostArchitecture.current.hasVGA, plan.isMac) {
      case (true, true): kind = plan.frameBuffer
      // A computer has one display that speaks VGA.
      case (true, false) where index == 0: kind = "virtio-vga"
      default: kind = "virtio-gpu-pci"
      }
      device("\(kind),id=\(Self.displayName(index)),xres=\(plan.width),yres=\(plan.height)")
    }
  }
}

extension VZVirtualMachineConfiguration {
  /// All displays, in the order of the devices.
  var displayPlans: [DisplayPlan] { graphicsDevices.flatMap(\.displayPlans) }
}
