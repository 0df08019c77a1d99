// generated from protocol/spec by scripts/generate.ts, do not edit
// swift-format-ignore-file

import Foundation

/// What can be done with a bundle.
///
/// Open: values that are not listed may appear.
public struct BundleState: RawRepresentable, Codable, Hashable, Sendable {
  public let rawValue: String

  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// Its own parts are there, and the files and folders that it uses elsewhere.
  public static let complete = Self(rawValue: "complete")
  /// Its own parts are there, and a helper has it.
  public static let inUse = Self(rawValue: "inUse")
  /// Its own parts are there, but not all that it uses elsewhere, such as a kernel or a shared folder; missing names
  /// what. Put it back, or name another with bundle.update.
  public static let missingFiles = Self(rawValue: "missingFiles")
  /// Its making or deletion was interrupted, a part is missing or empty, or it cannot be read; the reason says which.
  public static let incomplete = Self(rawValue: "incomplete")
  /// A newer version of vzkit made it.
  public static let newer = Self(rawValue: "newer")
}

/// Whether a guest system is on the bundle's disk.
///
/// Open: values that are not listed may appear.
public struct BundleInstallation: RawRepresentable, Codable, Hashable, Sendable {
  public let rawValue: String

  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// vzkit installs nothing on it.
  public static let notRequired = Self(rawValue: "notRequired")
  /// The guest system is still to be installed.
  public static let required = Self(rawValue: "required")
  /// Installing was begun and did not end well; it can be started again.
  public static let interrupted = Self(rawValue: "interrupted")
  /// The guest system was installed.
  public static let complete = Self(rawValue: "complete")
}

/// A bundle, seen from outside.
public struct BundleSummary: Codable, Equatable, Sendable {
  /// The bundle.
  public var path: PathString
  /// The folder's name without .vzkit.
  public var name: String
  /// Where it leads when it is a symbolic link to a bundle.
  public var linkTarget: PathString?
  /// What can be done with it.
  public var state: BundleState
  /// Why it is not complete or who has it.
  public var reason: String?
  /// Version of the format of machine.json.
  public var version: Int32?
  /// Whether a guest system is on its disk.
  public var installation: BundleInstallation?
  /// What vzkit has installed on its disk, once that is complete.
  public var system: InstalledSystem?
  /// The files and folders of its configuration that cannot be found; absent when there are none.
  public var missing: [MissingFile]?
  /// Present when it was made by the stand-in for tests and holds no macOS; a sentence to show to people.
  public var standInNotice: String?

  public init(
    path: PathString,
    name: String,
    linkTarget: PathString? = nil,
    state: BundleState,
    reason: String? = nil,
    version: Int32? = nil,
    installation: BundleInstallation? = nil,
    system: InstalledSystem? = nil,
    missing: [MissingFile]? = nil,
    standInNotice: String? = nil
  ) {
    self.path = path
    self.name = name
    self.linkTarget = linkTarget
    self.state = state
    self.reason = reason
    self.version = version
    self.installation = installation
    self.system = system
    self.missing = missing
    self.standInNotice = standInNotice
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.path = try object.required("path")
    self.name = try object.required("name")
    self.linkTarget = try object.optional("linkTarget")
    self.state = try object.required("state")
    self.reason = try object.optional("reason")
    self.version = try object.optional("version")
    self.installation = try object.optional("installation")
    self.system = try object.optional("system")
    self.missing = try object.optional("missing")
    self.standInNotice = try object.optional("standInNotice")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(path, forKey: "path")
    try object.encode(name, forKey: "name")
    try object.encodeIfPresent(linkTarget, forKey: "linkTarget")
    try object.encode(state, forKey: "state")
    try object.encodeIfPresent(reason, forKey: "reason")
    try object.encodeIfPresent(version, forKey: "version")
    try object.encodeIfPresent(installation, forKey: "installation")
    try object.encodeIfPresent(system, forKey: "system")
    try object.encodeIfPresent(missing, forKey: "missing")
    try object.encodeIfPresent(standInNotice, forKey: "standInNotice")
  }
}

/// A file or folder that a configuration names and that cannot be found.
public struct MissingFile: Codable, Equatable, Sendable {
  /// The field that names it, such as configuration.bootLoader.kernelPath.
  public var field: String
  /// The file or folder.
  public var path: PathString
  /// Why it cannot be found, in the system's words; for a link also where it leads.
  public var reason: String

  public init(field: String, path: PathString, reason: String) {
    self.field = field
    self.path = path
    self.reason = reason
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.field = try object.required("field")
    self.path = try object.required("path")
    self.reason = try object.required("reason")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(field, forKey: "field")
    try object.encode(path, forKey: "path")
    try object.encode(reason, forKey: "reason")
  }
}

/// A system that was installed.
public struct InstalledSystem: Codable, Equatable, Sendable {
  /// The version of macOS, such as 15.6.1.
  public var version: String
  /// Its build, such as 24G90.
  public var build: String

  public init(version: String, build: String) {
    self.version = version
    self.build = build
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.version = try object.required("version")
    self.build = try object.required("build")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(version, forKey: "version")
    try object.encode(build, forKey: "build")
  }
}

/// The program that made a machine.
///
/// Open: values that are not listed may appear.
public struct BundleImportFormat: RawRepresentable, Codable, Hashable, Sendable {
  public let rawValue: String

  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// Tart, version 1 of its format.
  public static let tart = Self(rawValue: "tart")
  /// Lume.
  public static let lume = Self(rawValue: "lume")
}

/// Where the Recovery partition of a virtual Mac lies on a disk that was resized.
///
/// Open: values that are not listed may appear.
public struct RecoveryPartition: RawRepresentable, Codable, Hashable, Sendable {
  public let rawValue: String

  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// This request has moved it to the end of the disk.
  public static let moved = Self(rawValue: "moved")
  /// At the end of the disk, with nothing free behind it.
  public static let atEnd = Self(rawValue: "atEnd")
  /// Before the free space, so that the guest cannot add it to its system: diskutil refuses with error -69519. Resize
  /// with relocateRecovery.
  public static let inTheWay = Self(rawValue: "inTheWay")
}

/// Params of `bundle.create`.
public struct BundleCreateParams: Codable, Equatable, Sendable {
  /// The bundle to make; the name ends in .vzkit and has at most 240 bytes, its folder exists.
  public var path: PathString
  /// What the machine is made of. Paths in the bundle's folder are stored relative to it.
  public var configuration: MachineConfiguration
  /// Makes the sparse disk image disk.img of so many bytes, a multiple of 512; it is the first disk unless the
  /// configuration names it elsewhere.
  public var diskSize: UInt64?
  /// The format of disk.img; raw by default.
  public var diskFormat: DiskImageFormat?
  /// notRequired by default.
  public var installation: BundleInstallation?

  public init(
    path: PathString,
    configuration: MachineConfiguration,
    diskSize: UInt64? = nil,
    diskFormat: DiskImageFormat? = nil,
    installation: BundleInstallation? = nil
  ) {
    self.path = path
    self.configuration = configuration
    self.diskSize = diskSize
    self.diskFormat = diskFormat
    self.installation = installation
  }

  static let wireKeys: Set<String> = ["path", "configuration", "diskSize", "diskFormat", "installation"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.path = try object.required("path")
    self.configuration = try object.required("configuration")
    self.diskSize = try object.optional("diskSize")
    self.diskFormat = try object.optional("diskFormat")
    self.installation = try object.optional("installation")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(path, forKey: "path")
    try object.encode(configuration, forKey: "configuration")
    try object.encodeIfPresent(diskSize, forKey: "diskSize")
    try object.encodeIfPresent(diskFormat, forKey: "diskFormat")
    try object.encodeIfPresent(installation, forKey: "installation")
  }
}

/// Result of `bundle.create`.
public struct BundleCreateResult: Codable, Equatable, Sendable {
  /// The bundle.
  public var path: PathString
  /// The stored configuration, with a machine identifier and MAC addresses.
  public var configuration: MachineConfiguration

  public init(path: PathString, configuration: MachineConfiguration) {
    self.path = path
    self.configuration = configuration
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.path = try object.required("path")
    self.configuration = try object.required("configuration")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(path, forKey: "path")
    try object.encode(configuration, forKey: "configuration")
  }
}

/// Params of `bundle.createMac`.
public struct BundleCreateMacParams: Codable, Equatable, Sendable {
  /// The bundle to make, as in bundle.create.
  public var path: PathString
  /// The restore image, an IPSW file; it gives hardware model and requirements and is not stored.
  public var restoreImage: PathString
  /// Virtual CPUs; by default 4, with fewer of which the installer stalls, or what the image requires if that is more.
  public var cpuCount: UInt32?
  /// A name for messages and logs, 1 to 255 bytes; the bundle's by default.
  public var name: String?
  /// Memory in bytes, a multiple of 1 MiB; by default 8 GiB or half of the host's if that is less, but what the image
  /// requires at least.
  public var memorySize: UInt64?
  /// Size of the sparse disk image disk.img in bytes, a multiple of 512; 64 GiB by default.
  public var diskSize: UInt64?
  /// The format of disk.img; raw by default.
  public var diskFormat: DiskImageFormat?
  /// As in MachineConfiguration.
  ///
  /// Wraps `VZVirtualMachineConfiguration.label`. Since macOS 27.0.
  public var label: String?
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
    path: PathString,
    restoreImage: PathString,
    cpuCount: UInt32? = nil,
    name: String? = nil,
    memorySize: UInt64? = nil,
    diskSize: UInt64? = nil,
    diskFormat: DiskImageFormat? = nil,
    label: String? = nil,
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
    self.path = path
    self.restoreImage = restoreImage
    self.cpuCount = cpuCount
    self.name = name
    self.memorySize = memorySize
    self.diskSize = diskSize
    self.diskFormat = diskFormat
    self.label = label
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
    "path",
    "restoreImage",
    "cpuCount",
    "name",
    "memorySize",
    "diskSize",
    "diskFormat",
    "label",
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
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.path = try object.required("path")
    self.restoreImage = try object.required("restoreImage")
    self.cpuCount = try object.optional("cpuCount")
    self.name = try object.optional("name")
    self.memorySize = try object.optional("memorySize")
    self.diskSize = try object.optional("diskSize")
    self.diskFormat = try object.optional("diskFormat")
    self.label = try object.optional("label")
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
    try object.encode(path, forKey: "path")
    try object.encode(restoreImage, forKey: "restoreImage")
    try object.encodeIfPresent(cpuCount, forKey: "cpuCount")
    try object.encodeIfPresent(name, forKey: "name")
    try object.encodeIfPresent(memorySize, forKey: "memorySize")
    try object.encodeIfPresent(diskSize, forKey: "diskSize")
    try object.encodeIfPresent(diskFormat, forKey: "diskFormat")
    try object.encodeIfPresent(label, forKey: "label")
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

/// Result of `bundle.createMac`.
public struct BundleCreateMacResult: Codable, Equatable, Sendable {
  /// The machine, as from bundle.open.
  public var machine: MachineHandle
  /// The configuration with everything filled in, as from bundle.open.
  public var configuration: MachineConfiguration
  /// required.
  public var installation: BundleInstallation
  /// Present when it was made by the stand-in for tests and holds no macOS; a sentence to show to people.
  public var standInNotice: String?
  /// What may end the installation all the same, as of restoreImage.preflight; empty when nothing is known.
  public var warnings: [RestoreImagePreflightWarning]

  public init(
    machine: MachineHandle,
    configuration: MachineConfiguration,
    installation: BundleInstallation,
    standInNotice: String? = nil,
    warnings: [RestoreImagePreflightWarning]
  ) {
    self.machine = machine
    self.configuration = configuration
    self.installation = installation
    self.standInNotice = standInNotice
    self.warnings = warnings
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.machine = try object.required("machine")
    self.configuration = try object.required("configuration")
    self.installation = try object.required("installation")
    self.standInNotice = try object.optional("standInNotice")
    self.warnings = try object.required("warnings")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(machine, forKey: "machine")
    try object.encode(configuration, forKey: "configuration")
    try object.encode(installation, forKey: "installation")
    try object.encodeIfPresent(standInNotice, forKey: "standInNotice")
    try object.encode(warnings, forKey: "warnings")
  }
}

/// Params of `bundle.open`.
public struct BundleOpenParams: Codable, Equatable, Sendable {
  /// The bundle.
  public var path: PathString
  /// A name for messages and logs, 1 to 255 bytes; the bundle's by default.
  public var name: String?

  public init(path: PathString, name: String? = nil) {
    self.path = path
    self.name = name
  }

  static let wireKeys: Set<String> = ["path", "name"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.path = try object.required("path")
    self.name = try object.optional("name")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(path, forKey: "path")
    try object.encodeIfPresent(name, forKey: "name")
  }
}

/// Result of `bundle.open`.
public struct BundleOpenResult: Codable, Equatable, Sendable {
  /// The handle for all further requests.
  public var machine: MachineHandle
  /// The configuration with everything filled in.
  public var configuration: MachineConfiguration
  /// Whether a guest system is on its disk.
  public var installation: BundleInstallation
  /// Present when it was made by the stand-in for tests and holds no macOS; a sentence to show to people.
  public var standInNotice: String?

  public init(
    machine: MachineHandle,
    configuration: MachineConfiguration,
    installation: BundleInstallation,
    standInNotice: String? = nil
  ) {
    self.machine = machine
    self.configuration = configuration
    self.installation = installation
    self.standInNotice = standInNotice
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.machine = try object.required("machine")
    self.configuration = try object.required("configuration")
    self.installation = try object.required("installation")
    self.standInNotice = try object.optional("standInNotice")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(machine, forKey: "machine")
    try object.encode(configuration, forKey: "configuration")
    try object.encode(installation, forKey: "installation")
    try object.encodeIfPresent(standInNotice, forKey: "standInNotice")
  }
}

/// Params of `bundle.list`.
public struct BundleListParams: Codable, Equatable, Sendable {
  /// The folder.
  public var folder: PathString

  public init(folder: PathString) {
    self.folder = folder
  }

  static let wireKeys: Set<String> = ["folder"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.folder = try object.required("folder")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(folder, forKey: "folder")
  }
}

/// Result of `bundle.list`.
public struct BundleListResult: Codable, Equatable, Sendable {
  /// All of them.
  public var bundles: [BundleSummary]

  public init(bundles: [BundleSummary]) {
    self.bundles = bundles
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.bundles = try object.required("bundles")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(bundles, forKey: "bundles")
  }
}

/// Params of `bundle.inspect`.
public struct BundleInspectParams: Codable, Equatable, Sendable {
  /// The bundle.
  public var path: PathString

  public init(path: PathString) {
    self.path = path
  }

  static let wireKeys: Set<String> = ["path"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.path = try object.required("path")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(path, forKey: "path")
  }
}

/// Result of `bundle.inspect`.
public struct BundleInspectResult: Codable, Equatable, Sendable {
  /// The bundle.
  public var bundle: BundleSummary
  /// The stored configuration, unless it cannot be read.
  public var configuration: MachineConfiguration?
  /// Size of disk.img in bytes, as the guest sees it.
  public var diskSize: UInt64?
  /// Bytes that disk.img takes on the host.
  public var diskUsage: UInt64?
  /// Where disk.img leads when it is a symbolic link, such as to another drive.
  public var diskLinkTarget: PathString?
  /// Other machines that run now with the machine identifier or a MAC address of this bundle; absent when there are
  /// none. bundle.renewIdentity makes it another machine.
  public var identityHolders: [RunningMachine]?

  public init(
    bundle: BundleSummary,
    configuration: MachineConfiguration? = nil,
    diskSize: UInt64? = nil,
    diskUsage: UInt64? = nil,
    diskLinkTarget: PathString? = nil,
    identityHolders: [RunningMachine]? = nil
  ) {
    self.bundle = bundle
    self.configuration = configuration
    self.diskSize = diskSize
    self.diskUsage = diskUsage
    self.diskLinkTarget = diskLinkTarget
    self.identityHolders = identityHolders
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.bundle = try object.required("bundle")
    self.configuration = try object.optional("configuration")
    self.diskSize = try object.optional("diskSize")
    self.diskUsage = try object.optional("diskUsage")
    self.diskLinkTarget = try object.optional("diskLinkTarget")
    self.identityHolders = try object.optional("identityHolders")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(bundle, forKey: "bundle")
    try object.encodeIfPresent(configuration, forKey: "configuration")
    try object.encodeIfPresent(diskSize, forKey: "diskSize")
    try object.encodeIfPresent(diskUsage, forKey: "diskUsage")
    try object.encodeIfPresent(diskLinkTarget, forKey: "diskLinkTarget")
    try object.encodeIfPresent(identityHolders, forKey: "identityHolders")
  }
}

/// Params of `bundle.clone`.
public struct BundleCloneParams: Codable, Equatable, Sendable {
  /// The bundle to copy.
  public var path: PathString
  /// The bundle to make, as in bundle.create.
  public var to: PathString
  /// Whether to answer only when the disks' data would survive a power cut. False by default: the system writes it in
  /// its own time, as with any copy.
  public var synchronize: Bool?

  public init(path: PathString, to: PathString, synchronize: Bool? = nil) {
    self.path = path
    self.to = to
    self.synchronize = synchronize
  }

  static let wireKeys: Set<String> = ["path", "to", "synchronize"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.path = try object.required("path")
    self.to = try object.required("to")
    self.synchronize = try object.optional("synchronize")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(path, forKey: "path")
    try object.encode(to, forKey: "to")
    try object.encodeIfPresent(synchronize, forKey: "synchronize")
  }
}

/// Result of `bundle.clone`.
public struct BundleCloneResult: Codable, Equatable, Sendable {
  /// The clone.
  public var path: PathString
  /// The stored configuration of the clone.
  public var configuration: MachineConfiguration

  public init(path: PathString, configuration: MachineConfiguration) {
    self.path = path
    self.configuration = configuration
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.path = try object.required("path")
    self.configuration = try object.required("configuration")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(path, forKey: "path")
    try object.encode(configuration, forKey: "configuration")
  }
}

/// Params of `bundle.import`.
public struct BundleImportParams: Codable, Equatable, Sendable {
  /// The machine's folder, such as ~/.tart/vms/NAME or ~/.lume/NAME written out.
  public var from: PathString
  /// The bundle to make, as in bundle.create.
  public var to: PathString
  /// Whether the bundle gets a machine identifier and MAC addresses of its own. False by default: the guest stays the
  /// machine that it is, with its Apple account and its address; then it must not run in both places at once.
  public var newIdentity: Bool?
  /// As in bundle.clone; false by default.
  public var synchronize: Bool?

  public init(from: PathString, to: PathString, newIdentity: Bool? = nil, synchronize: Bool? = nil) {
    self.from = from
    self.to = to
    self.newIdentity = newIdentity
    self.synchronize = synchronize
  }

  static let wireKeys: Set<String> = ["from", "to", "newIdentity", "synchronize"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.from = try object.required("from")
    self.to = try object.required("to")
    self.newIdentity = try object.optional("newIdentity")
    self.synchronize = try object.optional("synchronize")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(from, forKey: "from")
    try object.encode(to, forKey: "to")
    try object.encodeIfPresent(newIdentity, forKey: "newIdentity")
    try object.encodeIfPresent(synchronize, forKey: "synchronize")
  }
}

/// Result of `bundle.import`.
public struct BundleImportResult: Codable, Equatable, Sendable {
  /// The bundle.
  public var path: PathString
  /// The stored configuration.
  public var configuration: MachineConfiguration
  /// Whose machine it was.
  public var format: BundleImportFormat
  /// What is not as it was, in sentences for people; empty when everything is.
  public var notes: [String]

  public init(path: PathString, configuration: MachineConfiguration, format: BundleImportFormat, notes: [String]) {
    self.path = path
    self.configuration = configuration
    self.format = format
    self.notes = notes
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.path = try object.required("path")
    self.configuration = try object.required("configuration")
    self.format = try object.required("format")
    self.notes = try object.required("notes")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(path, forKey: "path")
    try object.encode(configuration, forKey: "configuration")
    try object.encode(format, forKey: "format")
    try object.encode(notes, forKey: "notes")
  }
}

/// Params of `bundle.rename`.
public struct BundleRenameParams: Codable, Equatable, Sendable {
  /// The bundle.
  public var path: PathString
  /// The new name without .vzkit: 1 to 234 bytes, no slash, not beginning with a dot.
  public var name: String

  public init(path: PathString, name: String) {
    self.path = path
    self.name = name
  }

  static let wireKeys: Set<String> = ["path", "name"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.path = try object.required("path")
    self.name = try object.required("name")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(path, forKey: "path")
    try object.encode(name, forKey: "name")
  }
}

/// Result of `bundle.rename`.
public struct BundleRenameResult: Codable, Equatable, Sendable {
  /// Where it is now.
  public var path: PathString

  public init(path: PathString) {
    self.path = path
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.path = try object.required("path")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(path, forKey: "path")
  }
}

/// Params of `bundle.update`.
public struct BundleUpdateParams: Codable, Equatable, Sendable {
  /// The bundle.
  public var path: PathString
  /// What the machine is made of, all of it. Paths in the bundle's folder are stored relative to it.
  public var configuration: MachineConfiguration

  public init(path: PathString, configuration: MachineConfiguration) {
    self.path = path
    self.configuration = configuration
  }

  static let wireKeys: Set<String> = ["path", "configuration"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.path = try object.required("path")
    self.configuration = try object.required("configuration")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(path, forKey: "path")
    try object.encode(configuration, forKey: "configuration")
  }
}

/// Result of `bundle.update`.
public struct BundleUpdateResult: Codable, Equatable, Sendable {
  /// The stored configuration, with everything filled in that must stay the same.
  public var configuration: MachineConfiguration

  public init(configuration: MachineConfiguration) {
    self.configuration = configuration
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.configuration = try object.required("configuration")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(configuration, forKey: "configuration")
  }
}

/// Params of `bundle.renewIdentity`.
public struct BundleRenewIdentityParams: Codable, Equatable, Sendable {
  /// The bundle.
  public var path: PathString

  public init(path: PathString) {
    self.path = path
  }

  static let wireKeys: Set<String> = ["path"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.path = try object.required("path")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(path, forKey: "path")
  }
}

/// Result of `bundle.renewIdentity`.
public struct BundleRenewIdentityResult: Codable, Equatable, Sendable {
  /// The stored configuration.
  public var configuration: MachineConfiguration

  public init(configuration: MachineConfiguration) {
    self.configuration = configuration
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.configuration = try object.required("configuration")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(configuration, forKey: "configuration")
  }
}

/// Params of `bundle.resizeDisk`.
public struct BundleResizeDiskParams: Codable, Equatable, Sendable {
  /// The bundle.
  public var path: PathString
  /// The new size in bytes, a multiple of 512, not less than the present one. With relocateRecovery it must be larger
  /// than the disk of the partition table by the Recovery partition at least, some 5 GB; the refusal names the smallest
  /// size. The image stays sparse.
  public var size: UInt64
  /// Whether the Recovery partition of a virtual Mac is moved to the end; false by default.
  public var relocateRecovery: Bool?

  public init(path: PathString, size: UInt64, relocateRecovery: Bool? = nil) {
    self.path = path
    self.size = size
    self.relocateRecovery = relocateRecovery
  }

  static let wireKeys: Set<String> = ["path", "size", "relocateRecovery"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.path = try object.required("path")
    self.size = try object.required("size")
    self.relocateRecovery = try object.optional("relocateRecovery")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(path, forKey: "path")
    try object.encode(size, forKey: "size")
    try object.encodeIfPresent(relocateRecovery, forKey: "relocateRecovery")
  }
}

/// Result of `bundle.resizeDisk`.
public struct BundleResizeDiskResult: Codable, Equatable, Sendable {
  /// The size in bytes.
  public var size: UInt64
  /// Where the Recovery partition lies; absent when there is none, or no partition table that is understood.
  public var recovery: RecoveryPartition?
  /// What is to be known or done next, in sentences for people; empty when nothing is.
  public var notes: [String]

  public init(size: UInt64, recovery: RecoveryPartition? = nil, notes: [String]) {
    self.size = size
    self.recovery = recovery
    self.notes = notes
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.size = try object.required("size")
    self.recovery = try object.optional("recovery")
    self.notes = try object.required("notes")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(size, forKey: "size")
    try object.encodeIfPresent(recovery, forKey: "recovery")
    try object.encode(notes, forKey: "notes")
  }
}

/// Params of `bundle.delete`.
public struct BundleDeleteParams: Codable, Equatable, Sendable {
  /// The bundle.
  public var path: PathString

  public init(path: PathString) {
    self.path = path
  }

  static let wireKeys: Set<String> = ["path"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.path = try object.required("path")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(path, forKey: "path")
  }
}

/// Result of `bundle.delete`.
public struct BundleDeleteResult: Codable, Equatable, Sendable, EmptyWireResult {
  public init() {}

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {}

  public func encode(to encoder: any Encoder) throws {
    _ = encoder.container(keyedBy: WireKey.self)
  }
}

/// Bundles: a machine as a folder NAME.vzkit, with its configuration (machine.json), its disk (disk.img) and what else
/// belongs to it. A bundle is in use by at most one helper at a time. A symbolic link to a bundle, and one in the place
/// of its disk or another of its files except machine.json, stands for what it leads to, in every method: sizes, locks
/// and copies are those of the file itself. Only bundle.delete and bundle.rename act on the link. A bundle is not made
/// inside of another one.
///
/// Called on the connection's reader thread, in the order of arrival.
public protocol BundleRequests: AnyObject, Sendable {
  /// Makes a bundle. It appears under its path only when it is whole; what an interrupted creation left behind is
  /// replaced.
  func create(_ params: BundleCreateParams, _ reply: Reply<BundleCreateResult>)

  /// Makes a bundle of a virtual Mac for what a restore image installs, and its machine as bundle.open does, so that
  /// nobody else can have it first. machine.install installs it. What could not be installed is refused before anything
  /// is made. It appears under its path only when it is whole; what an interrupted creation left behind is replaced.
  ///
  /// Each list of devices that is given takes the place of the default one; [] is none. By default there are one
  /// network device behind NAT; one console device with a port for a SPICE agent in the guest, which shares the
  /// clipboard; one entropy device; one sharing device with the tag that the guest mounts by itself on /Volumes/My
  /// Shared Files, without folders; one socket device; the graphics device of a Mac with a display of 1920 by 1200
  /// pixels, 80 per inch; the keyboard of a Mac, where the host has macOS 14, and a USB one, for guests before macOS
  /// 13; the trackpad of a Mac and a USB pointing device, for guests before macOS 13; and one sound device with output
  /// and input. The storage devices given come after disk.img.
  ///
  /// Wraps `VZMacOSRestoreImage.mostFeaturefulSupportedConfiguration`, `VZMacPlatformConfiguration`. Since macOS 12.0,
  /// Apple silicon. On Linux: Only with the stand-in Mac (VZKIT_STANDIN_MAC=1); macOS itself needs Apple silicon.
  func createMac(_ params: BundleCreateMacParams, _ reply: Reply<BundleCreateMacResult>)

  /// Makes a machine of a bundle; it is not started. The bundle is in use until machine.dispose or the end of the
  /// helper.
  func open(_ params: BundleOpenParams, _ reply: Reply<BundleOpenResult>)

  /// The bundles in a folder, by name, those that cannot be read and what was left there by interrupted ones.
  func list(_ params: BundleListParams, _ reply: Reply<BundleListResult>)

  /// Looks at a bundle without opening it.
  func inspect(_ params: BundleInspectParams, _ reply: Reply<BundleInspectResult>)

  /// Copies a bundle that is not in use. The clone gets a machine identifier and MAC addresses of its own; a saved
  /// state is left out. Disks share their blocks where the file system can do that; otherwise their data is copied and
  /// holes stay holes. The clone appears only when it is whole; a failed or cancelled request leaves nothing behind.
  func clone(_ params: BundleCloneParams, _ reply: Reply<BundleCloneResult>)

  /// Copies a virtual Mac of Tart or Lume into a bundle. Its folder is not changed and must not be in use; a saved
  /// state is left out. Disks are copied as by bundle.clone. What these programs decide when they start a machine
  /// becomes what bundle.createMac gives by default: the devices, NAT. The bundle appears only when it is whole; a
  /// failed or cancelled request leaves nothing behind. Linux guests are refused, since they need an EFI boot loader.
  /// Symbolic links in the place of the folder, disk.img or nvram.bin stand for what they lead to, which is copied; one
  /// in the place of config.json is refused.
  ///
  /// Since macOS 12.0, Apple silicon. On Linux: Only with the stand-in Mac (VZKIT_STANDIN_MAC=1); macOS itself needs
  /// Apple silicon.
  func `import`(_ params: BundleImportParams, _ reply: Reply<BundleImportResult>)

  /// Gives a bundle that is not in use another name in the same folder.
  func rename(_ params: BundleRenameParams, _ reply: Reply<BundleRenameResult>)

  /// Replaces the configuration of a bundle that is not in use; machines that are opened from now on have it. It is
  /// checked as by bundle.create, and the old one stays unless the new one is stored whole. A machine identifier that
  /// the new one leaves out stays what it is, and so does a MAC address, by the place of its device in the list. Files
  /// of the bundle are neither made nor deleted. A bundle that has lost a disk can be updated to a configuration
  /// without it.
  func update(_ params: BundleUpdateParams, _ reply: Reply<BundleUpdateResult>)

  /// Gives a bundle that is not in use a machine identifier and MAC addresses of its own. A bundle that was copied by
  /// other means than bundle.clone needs it, since the copy is the same machine as its original to guests, networks and
  /// services. A guest may ask its user to sign in anew.
  ///
  /// Wraps `VZMacMachineIdentifier`, `VZGenericMachineIdentifier`, `VZMACAddress.randomLocallyAdministered()`.
  func renewIdentity(_ params: BundleRenewIdentityParams, _ reply: Reply<BundleRenewIdentityResult>)

  /// Makes disk.img of a bundle larger, whatever its format. The guest sees more space at its end when it starts again,
  /// and has to extend its partitions itself. Nothing is ever cut off.
  ///
  /// The disk of a virtual Mac ends with the Recovery partition, behind which its system cannot grow. With
  /// relocateRecovery that partition is moved to the new end of the disk, also of one that was made larger before, and
  /// the partition table with it. Then "diskutil apfs resizeContainer disk0s2 0" in the guest takes all of the space.
  /// Both copies of the table are valid at every moment, with the partitions in their places: after a kill or a power
  /// cut the guest starts as before, and the same request finishes the move. It is for RAW images whose GUID partition
  /// table is as macOS makes it; anything else is refused before anything is changed, with the reason. A failed or
  /// cancelled request gives the disk its old size back unless the table has changed already.
  func resizeDisk(_ params: BundleResizeDiskParams, _ reply: Reply<BundleResizeDiskResult>)

  /// Deletes a bundle that is not in use with all that is in it, or what an interrupted creation or deletion has left.
  /// A folder that does not look like a bundle is refused, and so is one in which anything is in use, such as another
  /// bundle. Of links only the links are deleted: the bundle that a link leads to stays, and so does a linked disk
  /// outside of the folder. A delete that the permissions do not allow is refused before anything is deleted.
  func delete(_ params: BundleDeleteParams, _ reply: Reply<BundleDeleteResult>)
}

extension Reply where Result == BundleCloneResult {
  /// Tells the caller how far `bundle.clone` is, if the caller asked for it.
  public func progress(_ value: DiskProgress) {
    reportProgress(value)
  }
}

extension Reply where Result == BundleImportResult {
  /// Tells the caller how far `bundle.import` is, if the caller asked for it.
  public func progress(_ value: DiskProgress) {
    reportProgress(value)
  }
}

extension Reply where Result == BundleResizeDiskResult {
  /// Tells the caller how far `bundle.resizeDisk` is, if the caller asked for it.
  public func progress(_ value: DiskProgress) {
    reportProgress(value)
  }
}
