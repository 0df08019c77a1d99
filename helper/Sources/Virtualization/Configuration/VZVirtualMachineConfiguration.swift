import Foundation

/// Everything that makes up a machine. A machine copies it, so later changes have no effect on the machine. (macOS 11)
///
/// A boot loader is the least that a valid configuration needs; all device arrays start empty.
open class VZVirtualMachineConfiguration: NSObject, NSCopying {
  /// How the machine boots; nil by default, which is not valid.
  public var bootLoader: VZBootLoader?
  /// The number of virtual CPUs, between the two limits; by default as many as the host has.
  public var cpuCount = HostLimits.processorCount
  /// The guest's memory in bytes: a multiple of 1 MiB between the two limits, 512 MiB by default. The host's memory is
  /// taken only as the guest uses it.
  public var memorySize = HostLimits.defaultMemorySize
  /// The hardware platform: a `VZGenericPlatformConfiguration` by default. (macOS 12)
  public var platform: VZPlatformConfiguration = VZGenericPlatformConfiguration()
  /// A name for the machine: nil, or 1 to 64 characters with one that is not blank. (macOS 27)
  public var label: String?

  /// Disks, in the order in which the guest finds them.
  public var storageDevices: [VZStorageDeviceConfiguration] = []
  /// Network devices.
  public var networkDevices: [VZNetworkDeviceConfiguration] = []
  /// Serial ports; at most 10 Virtio console ones.
  public var serialPorts: [VZSerialPortConfiguration] = []
  /// Console devices with named ports. (macOS 13)
  public var consoleDevices: [VZConsoleDeviceConfiguration] = []
  /// Sources of random numbers.
  public var entropyDevices: [VZEntropyDeviceConfiguration] = []
  /// Memory balloons; at most one Virtio balloon.
  public var memoryBalloonDevices: [VZMemoryBalloonDeviceConfiguration] = []
  /// Sockets between host and guest; at most one Virtio socket device.
  public var socketDevices: [VZSocketDeviceConfiguration] = []
  /// Directories of the host for the guest. (macOS 12)
  public var directorySharingDevices: [VZDirectorySharingDeviceConfiguration] = []
  /// Graphics devices with their displays. (macOS 12)
  public var graphicsDevices: [VZGraphicsDeviceConfiguration] = []
  /// Sound devices. (macOS 12)
  public var audioDevices: [VZAudioDeviceConfiguration] = []
  /// Keyboards. (macOS 12)
  public var keyboards: [VZKeyboardConfiguration] = []
  /// Pointing devices. (macOS 12)
  public var pointingDevices: [VZPointingDeviceConfiguration] = []
  /// USB controllers with the devices that are attached from the start. (macOS 15)
  public var usbControllers: [VZUSBControllerConfiguration] = []

  public override init() {
    super.init()
  }

  /// The smallest number of virtual CPUs.
  public class var minimumAllowedCPUCount: Int { HostLimits.cpuCounts.lowerBound }
  /// The largest number of virtual CPUs: the host's processors, but never less than 8, since a machine here may well have
  /// more virtual CPUs than the host runs at a time.
  public class var maximumAllowedCPUCount: Int { HostLimits.cpuCounts.upperBound }
  /// The smallest memory of a machine, in bytes.
  public class var minimumAllowedMemorySize: UInt64 { HostLimits.memorySizes.lowerBound }
  /// The largest memory of a machine, in bytes: the memory of the host.
  public class var maximumAllowedMemorySize: UInt64 { HostLimits.memorySizes.upperBound }

  /// Checks that a machine can be made of this configuration on this host.
  ///
  /// - Throws: `VZError.invalidVirtualMachineConfiguration` for a broken rule, `VZError.invalidDiskImage` for a disk image
  ///   that has become unusable, `VZError.notSupported` for what this host cannot do. The reason names the part, for
  ///   example "storageDevices[1].attachment".
  public func validate() throws {
    try throwingVZError { try ConfigurationCheck(configuration: self).run() }
  }

  /// Checks that the state of a machine of this configuration can be saved and restored. (macOS 14)
  ///
  /// - Throws: `VZError.notSupported` always: this version cannot save machines on a Linux host.
  public func validateSaveRestoreSupport() throws {
    throw VZError(.notSupported, reason: "This version cannot save and restore machines on a Linux host.")
  }

  public func copy(with zone: NSZone? = nil) -> Any {
    snapshot()
  }

  /// A deep copy: device configurations are copied, attachments and shares, which do not change, are not.
  func snapshot() -> VZVirtualMachineConfiguration {
    let copy = VZVirtualMachineConfiguration()
    copy.bootLoader = bootLoader?.snapshot()
    copy.cpuCount = cpuCount
    copy.memorySize = memorySize
    copy.platform = platform.snapshot()
    copy.label = label
    copy.storageDevices = storageDevices.map { $0.snapshot() }
    copy.networkDevices = networkDevices.map { $0.snapshot() }
    copy.serialPorts = serialPorts.map { $0.snapshot() }
    copy.consoleDevices = consoleDevices.map { $0.snapshot() }
    copy.entropyDevices = entropyDevices.map { $0.snapshot() }
    copy.memoryBalloonDevices = memoryBalloonDevices.map { $0.snapshot() }
    copy.socketDevices = socketDevices.map { $0.snapshot() }
    copy.directorySharingDevices = directorySharingDevices.map { $0.snapshot() }
    copy.graphicsDevices = graphicsDevices.map { $0.snapshot() }
    copy.audioDevices = audioDevices.map { $0.snapshot() }
    copy.keyboards = keyboards.map { $0.snapshot() }
    copy.pointingDevices = pointingDevices.map { $0.snapshot() }
    copy.usbControllers = usbControllers.map { $0.snapshot() }
    return copy
  }
}
