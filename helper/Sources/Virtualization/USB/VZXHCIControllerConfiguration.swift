import Foundation

/// A USB controller for every speed up to USB 3. (macOS 15)
open class VZXHCIControllerConfiguration: VZUSBControllerConfiguration {
  public init() {
    super.init(base: ())
  }

  override func snapshot() -> VZUSBControllerConfiguration {
    let copy = VZXHCIControllerConfiguration()
    copy.usbDevices = usbDevices.map(Self.snapshot(of:))
    return copy
  }

  private static func snapshot(of device: any VZUSBDeviceConfiguration) -> any VZUSBDeviceConfiguration {
    (device as? VZUSBMassStorageDeviceConfiguration)?.snapshot() ?? device
  }

  override func check() throws {
    for (index, device) in usbDevices.enumerated() {
      try checking("usbDevices[\(index)]") {
        guard let storage = device as? VZUSBMassStorageDeviceConfiguration else {
          throw ConfigurationProblem("\(type(of: device)) is not a USB device configuration of this framework.")
        }
        try storage.checkAttachment()
      }
    }
    throw ConfigurationProblem.notRun("USB controllers")
  }
}
