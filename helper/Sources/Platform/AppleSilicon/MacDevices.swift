#if os(Linux) || arch(arm64)
  import Virtualization

  /// The boot loader and the devices that only virtual Macs have.
  package enum MacDevices {
    /// Wraps `VZMacOSBootLoader`, macOS 12.0.
    package static func bootLoader() throws -> VZBootLoader { VZMacOSBootLoader() }

    /// Wraps `VZMacKeyboardConfiguration`, macOS 14.0.
    @available(macOS 14, *)
    package static func keyboard() throws -> VZKeyboardConfiguration { VZMacKeyboardConfiguration() }

    /// Wraps `VZMacTrackpadConfiguration`, macOS 13.0.
    package static func trackpad() throws -> VZPointingDeviceConfiguration { VZMacTrackpadConfiguration() }

    /// Wraps `VZMacGraphicsDeviceConfiguration`, macOS 12.0.
    package static func graphics(displays: [MacDisplaySize]) throws -> VZGraphicsDeviceConfiguration {
      let device = VZMacGraphicsDeviceConfiguration()
      device.displays = displays.map(configuration)
      return device
    }

    /// The density of a display, in pixels per inch; nil when it is not a virtual Mac's. (`VZMacGraphicsDisplay`, macOS 14.0)
    @available(macOS 14, *)
    package static func pixelsPerInch(of display: VZGraphicsDisplay) -> UInt32? {
      (display as? VZMacGraphicsDisplay).map { UInt32(clamping: $0.pixelsPerInch) }
    }

    /// Asks the guest to take another size of a display.
    @available(macOS 14, *)
    package static func reconfigure(_ display: VZGraphicsDisplay, _ size: MacDisplaySize) throws {
      try display.reconfigure(configuration: configuration(size))
    }

    private static func configuration(_ size: MacDisplaySize) -> VZMacGraphicsDisplayConfiguration {
      VZMacGraphicsDisplayConfiguration(
        widthInPixels: size.width, heightInPixels: size.height, pixelsPerInch: size.pixelsPerInch)
    }
  }
#endif
