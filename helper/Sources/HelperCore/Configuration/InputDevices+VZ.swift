import HelperProtocol
import Platform
import Virtualization

extension ConfigurationBuilder {
  func keyboard(_ wire: Keyboard, _ index: Int, at field: String) throws -> (VZKeyboardConfiguration, Keyboard) {
    switch wire {
    case .usb: return (VZUSBKeyboardConfiguration(), wire)
    case .mac:
      guard #available(macOS 14, *) else {
        throw WireError(
          .notSupported, "\(field): a Mac keyboard needs a host with macOS 14. Use a USB one.", path: field)
      }
      return (try onAppleSilicon(field) { try MacDevices.keyboard() }, wire)
    }
  }

  func pointingDevice(
    _ wire: PointingDevice, _ index: Int, at field: String
  ) throws -> (VZPointingDeviceConfiguration, PointingDevice) {
    switch wire {
    case .usbScreenCoordinate: return (VZUSBScreenCoordinatePointingDeviceConfiguration(), wire)
    case .macTrackpad: return (try onAppleSilicon(field) { try MacDevices.trackpad() }, wire)
    }
  }

  /// A guest before macOS 13 does not see a trackpad: with nothing beside it, it would have no pointer at all.
  static func withCompanions(_ devices: [PointingDevice]?) -> [PointingDevice]? {
    guard let devices, !devices.isEmpty, devices.allSatisfy(\.isTrackpad) else { return devices }
    return devices + [.usbScreenCoordinate(USBScreenCoordinatePointingDevice())]
  }
}

extension PointingDevice {
  fileprivate var isTrackpad: Bool {
    if case .macTrackpad = self { return true }
    return false
  }
}
