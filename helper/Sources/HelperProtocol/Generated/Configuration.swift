// generated from protocol/spec by scripts/generate.ts, do not edit
// swift-format-ignore-file

import Foundation

/// Everything a machine is made of. Device lists are empty when absent.
///
/// Wraps `VZVirtualMachineConfiguration`. Since macOS 11.0.
public struct MachineConfiguration: Codable, Equatable, Sendable {
  /// Number of virtual CPUs.
  ///
  /// Wraps `VZVirtualMachineConfiguration.cpuCount`.
  public var cpuCount: UInt32
  /// Guest memory in bytes, a multiple of 1 MiB.
  ///
  /// Wraps `VZVirtualMachineConfiguration.memorySize`.
  public var memorySize: UInt64
  /// A name for system services to show, 1 to 64 characters.
  ///
  /// Wraps `VZVirtualMachineConfiguration.label`. Since macOS 27.0.
  public var label: String?
  /// Generic when absent.
  ///
  /// Wraps `VZVirtualMachineConfiguration.platform`.
  public var platform: Platform?
  /// How the guest starts.
  ///
  /// Wraps `VZVirtualMachineConfiguration.bootLoader`.
  public var bootLoader: BootLoader
  /// Disks, in the order the guest sees them.
  ///
  /// Wraps `VZVirtualMachineConfiguration.storageDevices`.
  public var storageDevices: [StorageDevice]?
  /// Network interfaces.
  ///
  /// Wraps `VZVirtualMachineConfiguration.networkDevices`.
  public var networkDevices: [NetworkDevice]?
  /// Serial ports; the first one is the Linux guest's hvc0.
  ///
  /// Wraps `VZVirtualMachineConfiguration.serialPorts`.
  public var serialPorts: [SerialPort]?
  /// Console devices with named ports.
  ///
  /// Wraps `VZVirtualMachineConfiguration.consoleDevices`.
  public var consoleDevices: [ConsoleDevice]?
  /// Sources of random numbers.
  ///
  /// Wraps `VZVirtualMachineConfiguration.entropyDevices`.
  public var entropyDevices: [EntropyDevice]?
  /// At most one memory balloon.
  ///
  /// Wraps `VZVirtualMachineConfiguration.memoryBalloonDevices`.
  public var memoryBalloonDevices: [MemoryBalloonDevice]?
  /// Folders of the host that the guest can mount.
  ///
  /// Wraps `VZVirtualMachineConfiguration.directorySharingDevices`.
  public var directorySharingDevices: [DirectorySharingDevice]?
  /// At most one Virtio socket device.
  ///
  /// Wraps `VZVirtualMachineConfiguration.socketDevices`.
  public var socketDevices: [SocketDevice]?
  /// Graphics devices with their displays.
  ///
  /// Wraps `VZVirtualMachineConfiguration.graphicsDevices`.
  public var graphicsDevices: [GraphicsDevice]?
  /// Keyboards; a virtual Mac has both kinds so that every guest sees one.
  ///
  /// Wraps `VZVirtualMachineConfiguration.keyboards`.
  public var keyboards: [Keyboard]?
  /// Pointing devices; a virtual Mac with a trackpad and nothing else gets a USB one beside it.
  ///
  /// Wraps `VZVirtualMachineConfiguration.pointingDevices`.
  public var pointingDevices: [PointingDevice]?
  /// Sound devices.
  ///
  /// Wraps `VZVirtualMachineConfiguration.audioDevices`.
  public var audioDevices: [AudioDevice]?

  public init(
    cpuCount: UInt32,
    memorySize: UInt64,
    label: String? = nil,
    platform: Platform? = nil,
    bootLoader: BootLoader,
    storageDevices: [StorageDevice]? = nil,
    networkDevices: [NetworkDevice]? = nil,
    serialPorts: [SerialPort]? = nil,
    consoleDevices: [ConsoleDevice]? = nil,
    entropyDevices: [EntropyDevice]? = nil,
    memoryBalloonDevices: [MemoryBalloonDevice]? = nil,
    directorySharingDevices: [DirectorySharingDevice]? = nil,
    socketDevices: [SocketDevice]? = nil,
    graphicsDevices: [GraphicsDevice]? = nil,
    keyboards: [Keyboard]? = nil,
    pointingDevices: [PointingDevice]? = nil,
    audioDevices: [AudioDevice]? = nil
  ) {
    self.cpuCount = cpuCount
    self.memorySize = memorySize
    self.label = label
    self.platform = platform
    self.bootLoader = bootLoader
    self.storageDevices = storageDevices
    self.networkDevices = networkDevices
    self.serialPorts = serialPorts
    self.consoleDevices = consoleDevices
    self.entropyDevices = entropyDevices
    self.memoryBalloonDevices = memoryBalloonDevices
    self.directorySharingDevices = directorySharingDevices
    self.socketDevices = socketDevices
    self.graphicsDevices = graphicsDevices
    self.keyboards = keyboards
    self.pointingDevices = pointingDevices
    self.audioDevices = audioDevices
  }

  static let wireKeys: Set<String> = [
    "cpuCount",
    "memorySize",
    "label",
    "platform",
    "bootLoader",
    "storageDevices",
    "networkDevices",
    "serialPorts",
    "consoleDevices",
    "entropyDevices",
    "memoryBalloonDevices",
    "directorySharingDevices",
    "socketDevices",
    "graphicsDevices",
    "keyboards",
    "pointingDevices",
    "audioDevices",
  ]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys))
  }

  init(object: WireObject) throws {
    self.cpuCount = try object.required("cpuCount")
    self.memorySize = try object.required("memorySize")
    self.label = try object.optional("label")
    self.platform = try object.optional("platform")
    self.bootLoader = try object.required("bootLoader")
    self.storageDevices = try object.optional("storageDevices")
    self.networkDevices = try object.optional("networkDevices")
    self.serialPorts = try object.optional("serialPorts")
    self.consoleDevices = try object.optional("consoleDevices")
    self.entropyDevices = try object.optional("entropyDevices")
    self.memoryBalloonDevices = try object.optional("memoryBalloonDevices")
    self.directorySharingDevices = try object.optional("directorySharingDevices")
    self.socketDevices = try object.optional("socketDevices")
    self.graphicsDevices = try object.optional("graphicsDevices")
    self.keyboards = try object.optional("keyboards")
    self.pointingDevices = try object.optional("pointingDevices")
    self.audioDevices = try object.optional("audioDevices")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(cpuCount, forKey: "cpuCount")
    try object.encode(memorySize, forKey: "memorySize")
    try object.encodeIfPresent(label, forKey: "label")
    try object.encodeIfPresent(platform, forKey: "platform")
    try object.encode(bootLoader, forKey: "bootLoader")
    try object.encodeIfPresent(storageDevices, forKey: "storageDevices")
    try object.encodeIfPresent(networkDevices, forKey: "networkDevices")
    try object.encodeIfPresent(serialPorts, forKey: "serialPorts")
    try object.encodeIfPresent(consoleDevices, forKey: "consoleDevices")
    try object.encodeIfPresent(entropyDevices, forKey: "entropyDevices")
    try object.encodeIfPresent(memoryBalloonDevices, forKey: "memoryBalloonDevices")
    try object.encodeIfPresent(directorySharingDevices, forKey: "directorySharingDevices")
    try object.encodeIfPresent(socketDevices, forKey: "socketDevices")
    try object.encodeIfPresent(graphicsDevices, forKey: "graphicsDevices")
    try object.encodeIfPresent(keyboards, forKey: "keyboards")
    try object.encodeIfPresent(pointingDevices, forKey: "pointingDevices")
    try object.encodeIfPresent(audioDevices, forKey: "audioDevices")
  }

  /// The fields of `MachineDevices` by themselves.
  public var machineDevices: MachineDevices {
    get {
      MachineDevices(
        storageDevices: storageDevices,
        networkDevices: networkDevices,
        serialPorts: serialPorts,
        consoleDevices: consoleDevices,
        entropyDevices: entropyDevices,
        memoryBalloonDevices: memoryBalloonDevices,
        directorySharingDevices: directorySharingDevices,
        socketDevices: socketDevices,
        graphicsDevices: graphicsDevices,
        keyboards: keyboards,
        pointingDevices: pointingDevices,
        audioDevices: audioDevices)
    }
    set {
      storageDevices = newValue.storageDevices
      networkDevices = newValue.networkDevices
      serialPorts = newValue.serialPorts
      consoleDevices = newValue.consoleDevices
      entropyDevices = newValue.entropyDevices
      memoryBalloonDevices = newValue.memoryBalloonDevices
      directorySharingDevices = newValue.directorySharingDevices
      socketDevices = newValue.socketDevices
      graphicsDevices = newValue.graphicsDevices
      keyboards = newValue.keyboards
      pointingDevices = newValue.pointingDevices
      audioDevices = newValue.audioDevices
    }
  }
}

/// The lists of devices of a machine.
public struct MachineDevices: Codable, Equatable, Sendable {
  /// Disks, in the order the guest sees them.
  ///
  /// Wraps `VZVirtualMachineConfiguration.storageDevices`.
  public var storageDevices: [StorageDevice]?
  /// Network interfaces.
  ///
  /// Wraps `VZVirtualMachineConfiguration.networkDevices`.
  public var networkDevices: [NetworkDevice]?
  /// Serial ports; the first one is the Linux guest's hvc0.
  ///
  /// Wraps `VZVirtualMachineConfiguration.serialPorts`.
  public var serialPorts: [SerialPort]?
  /// Console devices with named ports.
  ///
  /// Wraps `VZVirtualMachineConfiguration.consoleDevices`.
  public var consoleDevices: [ConsoleDevice]?
  /// Sources of random numbers.
  ///
  /// Wraps `VZVirtualMachineConfiguration.entropyDevices`.
  public var entropyDevices: [EntropyDevice]?
  /// At most one memory balloon.
  ///
  /// Wraps `VZVirtualMachineConfiguration.memoryBalloonDevices`.
  public var memoryBalloonDevices: [MemoryBalloonDevice]?
  /// Folders of the host that the guest can mount.
  ///
  /// Wraps `VZVirtualMachineConfiguration.directorySharingDevices`.
  public var directorySharingDevices: [DirectorySharingDevice]?
  /// At most one Virtio socket device.
  ///
  /// Wraps `VZVirtualMachineConfiguration.socketDevices`.
  public var socketDevices: [SocketDevice]?
  /// Graphics devices with their displays.
  ///
  /// Wraps `VZVirtualMachineConfiguration.graphicsDevices`.
  public var graphicsDevices: [GraphicsDevice]?
  /// Keyboards; a virtual Mac has both kinds so that every guest sees one.
  ///
  /// Wraps `VZVirtualMachineConfiguration.keyboards`.
  public var keyboards: [Keyboard]?
  /// Pointing devices; a virtual Mac with a trackpad and nothing else gets a USB one beside it.
  ///
  /// Wraps `VZVirtualMachineConfiguration.pointingDevices`.
  public var pointingDevices: [PointingDevice]?
  /// Sound devices.
  ///
  /// Wraps `VZVirtualMachineConfiguration.audioDevices`.
  public var audioDevices: [AudioDevice]?

  public init(
    storageDevices: [StorageDevice]? = nil,
    networkDevices: [NetworkDevice]? = nil,
    serialPorts: [SerialPort]? = nil,
    consoleDevices: [ConsoleDevice]? = nil,
    entropyDevices: [EntropyDevice]? = nil,
    memoryBalloonDevices: [MemoryBalloonDevice]? = nil,
    directorySharingDevices: [DirectorySharingDevice]? = nil,
    socketDevices: [SocketDevice]? = nil,
    graphicsDevices: [GraphicsDevice]? = nil,
    keyboards: [Keyboard]? = nil,
    pointingDevices: [PointingDevice]? = nil,
    audioDevices: [AudioDevice]? = nil
  ) {
    self.storageDevices = storageDevices
    self.networkDevices = networkDevices
    self.serialPorts = serialPorts
    self.consoleDevices = consoleDevices
    self.entropyDevices = entropyDevices
    self.memoryBalloonDevices = memoryBalloonDevices
    self.directorySharingDevices = directorySharingDevices
    self.socketDevices = socketDevices
    self.graphicsDevices = graphicsDevices
    self.keyboards = keyboards
    self.pointingDevices = pointingDevices
    self.audioDevices = audioDevices
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.storageDevices = try object.optional("storageDevices")
    self.networkDevices = try object.optional("networkDevices")
    self.serialPorts = try object.optional("serialPorts")
    self.consoleDevices = try object.optional("consoleDevices")
    self.entropyDevices = try object.optional("entropyDevices")
    self.memoryBalloonDevices = try object.optional("memoryBalloonDevices")
    self.directorySharingDevices = try object.optional("directorySharingDevices")
    self.socketDevices = try object.optional("socketDevices")
    self.graphicsDevices = try object.optional("graphicsDevices")
    self.keyboards = try object.optional("keyboards")
    self.pointingDevices = try object.optional("pointingDevices")
    self.audioDevices = try object.optional("audioDevices")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encodeIfPresent(storageDevices, forKey: "storageDevices")
    try object.encodeIfPresent(networkDevices, forKey: "networkDevices")
    try object.encodeIfPresent(serialPorts, forKey: "serialPorts")
    try object.encodeIfPresent(consoleDevices, forKey: "consoleDevices")
    try object.encodeIfPresent(entropyDevices, forKey: "entropyDevices")
    try object.encodeIfPresent(memoryBalloonDevices, forKey: "memoryBalloonDevices")
    try object.encodeIfPresent(directorySharingDevices, forKey: "directorySharingDevices")
    try object.encodeIfPresent(socketDevices, forKey: "socketDevices")
    try object.encodeIfPresent(graphicsDevices, forKey: "graphicsDevices")
    try object.encodeIfPresent(keyboards, forKey: "keyboards")
    try object.encodeIfPresent(pointingDevices, forKey: "pointingDevices")
    try object.encodeIfPresent(audioDevices, forKey: "audioDevices")
  }

  /// The same with what is absent taken from `other`.
  public func filled(from other: Self) -> Self {
    Self(
      storageDevices: storageDevices ?? other.storageDevices,
      networkDevices: networkDevices ?? other.networkDevices,
      serialPorts: serialPorts ?? other.serialPorts,
      consoleDevices: consoleDevices ?? other.consoleDevices,
      entropyDevices: entropyDevices ?? other.entropyDevices,
      memoryBalloonDevices: memoryBalloonDevices ?? other.memoryBalloonDevices,
      directorySharingDevices: directorySharingDevices ?? other.directorySharingDevices,
      socketDevices: socketDevices ?? other.socketDevices,
      graphicsDevices: graphicsDevices ?? other.graphicsDevices,
      keyboards: keyboards ?? other.keyboards,
      pointingDevices: pointingDevices ?? other.pointingDevices,
      audioDevices: audioDevices ?? other.audioDevices)
  }
}

/// The kind of computer that the guest sees.
public enum Platform: Codable, Equatable, Sendable {
  /// A platform for guests other than macOS.
  case generic(GenericPlatform)
  /// A virtual Mac. Hardware model, machine identifier and auxiliary storage belong to the machine's disk and are kept
  /// with it.
  case mac(MacPlatform)

  static let variants = ["generic", "mac"]

  public init(from decoder: any Decoder) throws {
    let object = try WireObject(decoder)
    let tag: String = try object.required("kind")
    switch tag {
    case "generic":
      try object.refuseUnknownKeys(GenericPlatform.wireKeys, and: "kind")
      self = .generic(try GenericPlatform(object: object))
    case "mac":
      try object.refuseUnknownKeys(MacPlatform.wireKeys, and: "kind")
      self = .mac(try MacPlatform(object: object))
    default: throw object.unknownVariant(tag, key: "kind", of: Self.variants)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    switch self {
    case .generic(let value):
      try object.encode("generic", forKey: "kind")
      try value.encode(to: encoder)
    case .mac(let value):
      try object.encode("mac", forKey: "kind")
      try value.encode(to: encoder)
    }
  }
}

/// A platform for guests other than macOS.
///
/// Wraps `VZGenericPlatformConfiguration`. Since macOS 12.0.
public struct GenericPlatform: Codable, Equatable, Sendable {
  /// The data representation of the machine identifier; a new one is made when absent.
  ///
  /// Wraps `VZGenericPlatformConfiguration.machineIdentifier`. Since macOS 13.0.
  public var machineIdentifier: Data?

  public init(machineIdentifier: Data? = nil) {
    self.machineIdentifier = machineIdentifier
  }

  static let wireKeys: Set<String> = ["machineIdentifier"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys))
  }

  init(object: WireObject) throws {
    self.machineIdentifier = try object.optional("machineIdentifier")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encodeIfPresent(machineIdentifier, forKey: "machineIdentifier")
  }
}

/// How the guest starts.
public enum BootLoader: Codable, Equatable, Sendable {
  /// Boots a Linux kernel directly.
  case linux(LinuxBootLoader)
  /// Boots macOS from the first storage device.
  case macOS(MacOSBootLoader)

  static let variants = ["linux", "macOS"]

  public init(from decoder: any Decoder) throws {
    let object = try WireObject(decoder)
    let tag: String = try object.required("kind")
    switch tag {
    case "linux":
      try object.refuseUnknownKeys(LinuxBootLoader.wireKeys, and: "kind")
      self = .linux(try LinuxBootLoader(object: object))
    case "macOS":
      try object.refuseUnknownKeys(MacOSBootLoader.wireKeys, and: "kind")
      self = .macOS(try MacOSBootLoader(object: object))
    default: throw object.unknownVariant(tag, key: "kind", of: Self.variants)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    switch self {
    case .linux(let value):
      try object.encode("linux", forKey: "kind")
      try value.encode(to: encoder)
    case .macOS(let value):
      try object.encode("macOS", forKey: "kind")
      try value.encode(to: encoder)
    }
  }
}

/// Boots a Linux kernel directly.
///
/// Wraps `VZLinuxBootLoader`. Since macOS 11.0.
public struct LinuxBootLoader: Codable, Equatable, Sendable {
  /// The kernel: an arm64 Image, or a bzImage or ELF vmlinux on x86-64.
  ///
  /// Wraps `VZLinuxBootLoader.kernelURL`.
  public var kernelPath: PathString
  /// The initial RAM disk.
  ///
  /// Wraps `VZLinuxBootLoader.initialRamdiskURL`.
  public var initialRamdiskPath: PathString?
  /// The kernel's command line, passed on as it is; empty when absent.
  ///
  /// Wraps `VZLinuxBootLoader.commandLine`.
  public var commandLine: String?

  public init(kernelPath: PathString, initialRamdiskPath: PathString? = nil, commandLine: String? = nil) {
    self.kernelPath = kernelPath
    self.initialRamdiskPath = initialRamdiskPath
    self.commandLine = commandLine
  }

  static let wireKeys: Set<String> = ["kernelPath", "initialRamdiskPath", "commandLine"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys))
  }

  init(object: WireObject) throws {
    self.kernelPath = try object.required("kernelPath")
    self.initialRamdiskPath = try object.optional("initialRamdiskPath")
    self.commandLine = try object.optional("commandLine")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(kernelPath, forKey: "kernelPath")
    try object.encodeIfPresent(initialRamdiskPath, forKey: "initialRamdiskPath")
    try object.encodeIfPresent(commandLine, forKey: "commandLine")
  }
}
