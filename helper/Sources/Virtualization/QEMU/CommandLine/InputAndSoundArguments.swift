import Foundation

extension QEMUCommandLine {
  /// A Mac's own keyboard and trackpad are Virtio ones here.
  func addInputDevices(_ configuration: VZVirtualMachineConfiguration) {
    for case is VZMacKeyboardConfiguration in configuration.keyboards { device("virtio-keyboard-pci") }
    for case is VZMacTrackpadConfiguration in configuration.pointingDevices { device("virtio-tablet-pci") }
    let keyboards = configuration.keyboards.filter { $0 is VZUSBKeyboardConfiguration }.count
    let pointers = configuration.pointingDevices.filter { $0 is VZUSBScreenCoordinatePointingDeviceConfiguration }.count
    guard keyboards + pointers > 0 else { return }
    device("qemu-xhci,id=usb")
    for _ in 0..<keyboards { device("usb-kbd,bus=usb.0") }
    for _ in 0..<pointers { device("usb-tablet,bus=usb.0") }
  }

  /// Sound goes nowhere: a Linux host of tests has no output to trust. Only the stand-in Mac gets this far.
  func addSound(_ configuration: VZVirtualMachineConfiguration) {
    for (index, _) in configuration.audioDevices.enumerated() {
      add("-audiodev", "none,id=sound\(index)")
      device("intel-hda,id=hda\(index)")
      device("hda-duplex,bus=hda\(index).0,audiodev=sound\(index)")
    }
  }
}
