import HelperProtocol
import Platform
import Virtualization

/// What a virtual Mac gets unless something else is asked for. The protocol's reference says the same to users.
struct MacDefaults {
  let requirements: RestoreImageRequirements?

  /// With fewer, the installer is known to stand still.
  private static let leastCPUs: UInt32 = 4
  private static let usualMemory: UInt64 = 8 << 30
  private static let memoryUnit: UInt64 = 1 << 20

  var cpuCount: UInt32 { max(requirements?.minimumCPUCount ?? 0, Self.leastCPUs) }

  /// Bytes. The host keeps half of its memory, as long as the guest can do with the rest.
  var memorySize: UInt64 {
    let half = HostFacts.memorySize / 2 / Self.memoryUnit * Self.memoryUnit
    return max(min(Self.usualMemory, half), requirements?.minimumMemorySize ?? 0)
  }

  var devices: MachineDevices {
    MachineDevices(
      networkDevices: [.virtio(VirtioNetworkDevice(attachment: .nat(NATAttachment())))],
      consoleDevices: [
        .virtio(VirtioConsoleDevice(ports: [ConsolePort(attachment: .spiceAgent(SpiceAgentPortAttachment()))]))
      ],
      entropyDevices: [.virtio(VirtioEntropyDevice())],
      directorySharingDevices: [sharedFolders],
      socketDevices: [.virtio(VirtioSocketDevice())],
      graphicsDevices: [
        .mac(
          MacGraphicsDevice(displays: [
            MacGraphicsDisplay(widthInPixels: 1920, heightInPixels: 1200, pixelsPerInch: 80)
          ]))
      ],
      keyboards: keyboards,
      pointingDevices: [.macTrackpad(MacTrackpad()), .usbScreenCoordinate(USBScreenCoordinatePointingDevice())],
      audioDevices: [.virtioSound(VirtioSoundDevice(output: true, input: true))])
  }

  /// Without folders: they are given when the machine starts, or later.
  private var sharedFolders: DirectorySharingDevice {
    .virtioFileSystem(
      VirtioFileSystemDevice(
        tag: VZVirtioFileSystemDeviceConfiguration.macOSGuestAutomountTag,
        share: .multiple(MultipleDirectoryShare(directories: [:]))))
  }

  /// Guests take the first that they know: those before macOS 13 know only USB.
  private var keyboards: [Keyboard] {
    let usb = Keyboard.usb(USBKeyboard())
    return MacHost.version.major >= 14 ? [.mac(MacKeyboard()), usb] : [usb]
  }
}
