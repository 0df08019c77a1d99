// generated from protocol/spec by scripts/generate.ts, do not edit
// swift-format-ignore-file

import Foundation

/// A disk as the guest sees it.
public enum StorageDevice: Codable, Equatable, Sendable {
  /// A Virtio block device; /dev/vda and following in a Linux guest.
  case virtioBlock(VirtioBlockDevice)

  static let variants = ["virtioBlock"]

  public init(from decoder: any Decoder) throws {
    let object = try WireObject(decoder)
    let tag: String = try object.required("kind")
    switch tag {
    case "virtioBlock":
      try object.refuseUnknownKeys(VirtioBlockDevice.wireKeys, and: "kind")
      self = .virtioBlock(try VirtioBlockDevice(object: object))
    default: throw object.unknownVariant(tag, key: "kind", of: Self.variants)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    switch self {
    case .virtioBlock(let value):
      try object.encode("virtioBlock", forKey: "kind")
      try value.encode(to: encoder)
    }
  }
}

/// A Virtio block device; /dev/vda and following in a Linux guest.
///
/// Wraps `VZVirtioBlockDeviceConfiguration`. Since macOS 11.0.
public struct VirtioBlockDevice: Codable, Equatable, Sendable {
  /// What holds the bytes.
  ///
  /// Wraps `VZStorageDeviceConfiguration.attachment`.
  public var attachment: StorageAttachment
  /// The serial number the guest reads, ASCII, at most 20 bytes.
  ///
  /// Wraps `VZVirtioBlockDeviceConfiguration.blockDeviceIdentifier`. Since macOS 12.3.
  public var blockDeviceIdentifier: String?

  public init(attachment: StorageAttachment, blockDeviceIdentifier: String? = nil) {
    self.attachment = attachment
    self.blockDeviceIdentifier = blockDeviceIdentifier
  }

  static let wireKeys: Set<String> = ["attachment", "blockDeviceIdentifier"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys))
  }

  init(object: WireObject) throws {
    self.attachment = try object.required("attachment")
    self.blockDeviceIdentifier = try object.optional("blockDeviceIdentifier")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(attachment, forKey: "attachment")
    try object.encodeIfPresent(blockDeviceIdentifier, forKey: "blockDeviceIdentifier")
  }
}

/// What holds the bytes of a storage device.
public enum StorageAttachment: Codable, Equatable, Sendable {
  /// A RAW disk image on the host.
  case diskImage(DiskImageAttachment)

  static let variants = ["diskImage"]

  public init(from decoder: any Decoder) throws {
    let object = try WireObject(decoder)
    let tag: String = try object.required("kind")
    switch tag {
    case "diskImage":
      try object.refuseUnknownKeys(DiskImageAttachment.wireKeys, and: "kind")
      self = .diskImage(try DiskImageAttachment(object: object))
    default: throw object.unknownVariant(tag, key: "kind", of: Self.variants)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    switch self {
    case .diskImage(let value):
      try object.encode("diskImage", forKey: "kind")
      try value.encode(to: encoder)
    }
  }
}

/// A RAW disk image on the host.
///
/// Wraps `VZDiskImageStorageDeviceAttachment`. Since macOS 11.0.
public struct DiskImageAttachment: Codable, Equatable, Sendable {
  /// The image; its size is a multiple of 512 bytes.
  ///
  /// Wraps `VZDiskImageStorageDeviceAttachment.url`.
  public var path: PathString
  /// Whether the guest may only read; false by default.
  ///
  /// Wraps `VZDiskImageStorageDeviceAttachment.isReadOnly`.
  public var isReadOnly: Bool?
  /// How the host caches; cached by default for Linux guests, since automatic caching is known to corrupt their disks.
  ///
  /// Wraps `VZDiskImageStorageDeviceAttachment.cachingMode`. Since macOS 12.0.
  public var cachingMode: DiskImageCachingMode?
  /// What a flush of the guest does; fsync by default.
  ///
  /// Wraps `VZDiskImageStorageDeviceAttachment.synchronizationMode`. Since macOS 12.0.
  public var synchronizationMode: DiskImageSynchronizationMode?

  public init(
    path: PathString,
    isReadOnly: Bool? = nil,
    cachingMode: DiskImageCachingMode? = nil,
    synchronizationMode: DiskImageSynchronizationMode? = nil
  ) {
    self.path = path
    self.isReadOnly = isReadOnly
    self.cachingMode = cachingMode
    self.synchronizationMode = synchronizationMode
  }

  static let wireKeys: Set<String> = ["path", "isReadOnly", "cachingMode", "synchronizationMode"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys))
  }

  init(object: WireObject) throws {
    self.path = try object.required("path")
    self.isReadOnly = try object.optional("isReadOnly")
    self.cachingMode = try object.optional("cachingMode")
    self.synchronizationMode = try object.optional("synchronizationMode")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(path, forKey: "path")
    try object.encodeIfPresent(isReadOnly, forKey: "isReadOnly")
    try object.encodeIfPresent(cachingMode, forKey: "cachingMode")
    try object.encodeIfPresent(synchronizationMode, forKey: "synchronizationMode")
  }
}

/// How the host caches a disk image.
///
/// Wraps `VZDiskImageCachingMode`.
public enum DiskImageCachingMode: String, Codable, CaseIterable, Sendable {
  /// The framework chooses.
  case automatic
  /// Through the host's page cache.
  case cached
  /// Past the host's page cache.
  case uncached

  public init(from decoder: any Decoder) throws {
    self = try decoder.closedEnum()
  }
}

/// What a flush of the guest does on the host.
///
/// Wraps `VZDiskImageSynchronizationMode`.
public enum DiskImageSynchronizationMode: String, Codable, CaseIterable, Sendable {
  /// Bytes reach permanent storage.
  case full
  /// Bytes reach the drive.
  case fsync
  /// Nothing; a power cut of the host can lose what the guest thinks is safe.
  case none

  public init(from decoder: any Decoder) throws {
    self = try decoder.closedEnum()
  }
}

/// A network interface as the guest sees it.
public enum NetworkDevice: Codable, Equatable, Sendable {
  /// A Virtio network interface.
  case virtio(VirtioNetworkDevice)

  static let variants = ["virtio"]

  public init(from decoder: any Decoder) throws {
    let object = try WireObject(decoder)
    let tag: String = try object.required("kind")
    switch tag {
    case "virtio":
      try object.refuseUnknownKeys(VirtioNetworkDevice.wireKeys, and: "kind")
      self = .virtio(try VirtioNetworkDevice(object: object))
    default: throw object.unknownVariant(tag, key: "kind", of: Self.variants)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    switch self {
    case .virtio(let value):
      try object.encode("virtio", forKey: "kind")
      try value.encode(to: encoder)
    }
  }
}

/// A Virtio network interface.
///
/// Wraps `VZVirtioNetworkDeviceConfiguration`. Since macOS 11.0.
public struct VirtioNetworkDevice: Codable, Equatable, Sendable {
  /// Six hex bytes with colons; a random locally administered address when absent.
  ///
  /// Wraps `VZNetworkDeviceConfiguration.macAddress`.
  public var macAddress: String?
  /// What the interface is connected to.
  ///
  /// Wraps `VZNetworkDeviceConfiguration.attachment`.
  public var attachment: NetworkAttachment

  public init(macAddress: String? = nil, attachment: NetworkAttachment) {
    self.macAddress = macAddress
    self.attachment = attachment
  }

  static let wireKeys: Set<String> = ["macAddress", "attachment"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys))
  }

  init(object: WireObject) throws {
    self.macAddress = try object.optional("macAddress")
    self.attachment = try object.required("attachment")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encodeIfPresent(macAddress, forKey: "macAddress")
    try object.encode(attachment, forKey: "attachment")
  }
}

/// What a network interface is connected to.
public enum NetworkAttachment: Codable, Equatable, Sendable {
  /// A private network behind the host's address, with DHCP and DNS.
  case nat(NATAttachment)

  static let variants = ["nat"]

  public init(from decoder: any Decoder) throws {
    let object = try WireObject(decoder)
    let tag: String = try object.required("kind")
    switch tag {
    case "nat":
      try object.refuseUnknownKeys(NATAttachment.wireKeys, and: "kind")
      self = .nat(try NATAttachment(object: object))
    default: throw object.unknownVariant(tag, key: "kind", of: Self.variants)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    switch self {
    case .nat(let value):
      try object.encode("nat", forKey: "kind")
      try value.encode(to: encoder)
    }
  }
}

/// A private network behind the host's address, with DHCP and DNS.
///
/// Wraps `VZNATNetworkDeviceAttachment`. Since macOS 11.0.
public struct NATAttachment: Codable, Equatable, Sendable {
  /// Ports of the host that lead to ports of the guest while the machine runs. On macOS the helper itself carries the
  /// connections to the address that the host's DHCP server gave the guest.
  ///
  /// Since macOS 11.0.
  public var portForwards: [PortForward]?

  public init(portForwards: [PortForward]? = nil) {
    self.portForwards = portForwards
  }

  static let wireKeys: Set<String> = ["portForwards"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys))
  }

  init(object: WireObject) throws {
    self.portForwards = try object.optional("portForwards")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encodeIfPresent(portForwards, forKey: "portForwards")
  }
}

/// A port of the host that leads to a port of the guest.
public struct PortForward: Codable, Equatable, Sendable {
  /// TCP by default; UDP on a Linux host only.
  public var transport: TransportProtocol?
  /// Address of the host to listen on; 127.0.0.1 by default.
  public var hostAddress: String?
  /// Port of the host, 1 to 65535; 0 lets the system choose one, which then is the machine's own until it is disposed
  /// of; the configuration of machine.create and network.addresses tell which.
  public var hostPort: UInt32
  /// Port of the guest, 1 to 65535.
  public var guestPort: UInt32

  public init(transport: TransportProtocol? = nil, hostAddress: String? = nil, hostPort: UInt32, guestPort: UInt32) {
    self.transport = transport
    self.hostAddress = hostAddress
    self.hostPort = hostPort
    self.guestPort = guestPort
  }

  static let wireKeys: Set<String> = ["transport", "hostAddress", "hostPort", "guestPort"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys))
  }

  init(object: WireObject) throws {
    self.transport = try object.optional("transport")
    self.hostAddress = try object.optional("hostAddress")
    self.hostPort = try object.required("hostPort")
    self.guestPort = try object.required("guestPort")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encodeIfPresent(transport, forKey: "transport")
    try object.encodeIfPresent(hostAddress, forKey: "hostAddress")
    try object.encode(hostPort, forKey: "hostPort")
    try object.encode(guestPort, forKey: "guestPort")
  }
}

/// A transport protocol.
public enum TransportProtocol: String, Codable, CaseIterable, Sendable {
  /// Transmission Control Protocol.
  case tcp
  /// User Datagram Protocol.
  case udp

  public init(from decoder: any Decoder) throws {
    self = try decoder.closedEnum()
  }
}

/// A serial port as the guest sees it.
public enum SerialPort: Codable, Equatable, Sendable {
  /// A Virtio console used as a serial port; hvc0 and following in a Linux guest.
  case virtioConsole(VirtioConsoleSerialPort)

  static let variants = ["virtioConsole"]

  public init(from decoder: any Decoder) throws {
    let object = try WireObject(decoder)
    let tag: String = try object.required("kind")
    switch tag {
    case "virtioConsole":
      try object.refuseUnknownKeys(VirtioConsoleSerialPort.wireKeys, and: "kind")
      self = .virtioConsole(try VirtioConsoleSerialPort(object: object))
    default: throw object.unknownVariant(tag, key: "kind", of: Self.variants)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    switch self {
    case .virtioConsole(let value):
      try object.encode("virtioConsole", forKey: "kind")
      try value.encode(to: encoder)
    }
  }
}

/// A Virtio console used as a serial port; hvc0 and following in a Linux guest.
///
/// Wraps `VZVirtioConsoleDeviceSerialPortConfiguration`. Since macOS 11.0.
public struct VirtioConsoleSerialPort: Codable, Equatable, Sendable {
  /// Where the bytes go and come from.
  ///
  /// Wraps `VZSerialPortConfiguration.attachment`.
  public var attachment: SerialPortAttachment

  public init(attachment: SerialPortAttachment) {
    self.attachment = attachment
  }

  static let wireKeys: Set<String> = ["attachment"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys))
  }

  init(object: WireObject) throws {
    self.attachment = try object.required("attachment")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(attachment, forKey: "attachment")
  }
}

/// A console device.
public enum ConsoleDevice: Codable, Equatable, Sendable {
  /// A Virtio console device with up to 16 ports.
  case virtio(VirtioConsoleDevice)

  static let variants = ["virtio"]

  public init(from decoder: any Decoder) throws {
    let object = try WireObject(decoder)
    let tag: String = try object.required("kind")
    switch tag {
    case "virtio":
      try object.refuseUnknownKeys(VirtioConsoleDevice.wireKeys, and: "kind")
      self = .virtio(try VirtioConsoleDevice(object: object))
    default: throw object.unknownVariant(tag, key: "kind", of: Self.variants)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    switch self {
    case .virtio(let value):
      try object.encode("virtio", forKey: "kind")
      try value.encode(to: encoder)
    }
  }
}

/// A Virtio console device with up to 16 ports.
///
/// Wraps `VZVirtioConsoleDeviceConfiguration`. Since macOS 13.0.
public struct VirtioConsoleDevice: Codable, Equatable, Sendable {
  /// Ports; the index is the guest's port number.
  ///
  /// Wraps `VZVirtioConsoleDeviceConfiguration.ports`.
  public var ports: [ConsolePort]

  public init(ports: [ConsolePort]) {
    self.ports = ports
  }

  static let wireKeys: Set<String> = ["ports"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys))
  }

  init(object: WireObject) throws {
    self.ports = try object.required("ports")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(ports, forKey: "ports")
  }
}

/// A port of a Virtio console device.
///
/// Wraps `VZVirtioConsolePortConfiguration`. Since macOS 13.0.
public struct ConsolePort: Codable, Equatable, Sendable {
  /// The name that the guest finds under /sys/class/virtio-ports; com.redhat.spice.0 by default for a SPICE agent, none
  /// else.
  ///
  /// Wraps `VZVirtioConsolePortConfiguration.name`.
  public var name: String?
  /// Whether the guest may use it as a console; false by default.
  ///
  /// Wraps `VZVirtioConsolePortConfiguration.isConsole`.
  public var isConsole: Bool?
  /// Where the bytes go and come from.
  ///
  /// Wraps `VZConsolePortConfiguration.attachment`.
  public var attachment: SerialPortAttachment

  public init(name: String? = nil, isConsole: Bool? = nil, attachment: SerialPortAttachment) {
    self.name = name
    self.isConsole = isConsole
    self.attachment = attachment
  }

  static let wireKeys: Set<String> = ["name", "isConsole", "attachment"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys))
  }

  init(object: WireObject) throws {
    self.name = try object.optional("name")
    self.isConsole = try object.optional("isConsole")
    self.attachment = try object.required("attachment")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encodeIfPresent(name, forKey: "name")
    try object.encodeIfPresent(isConsole, forKey: "isConsole")
    try object.encode(attachment, forKey: "attachment")
  }
}

/// Where the bytes of a port go and come from.
public enum SerialPortAttachment: Codable, Equatable, Sendable {
  /// A stream that clients attach to with console.attach; what was printed before is replayed.
  case stream(StreamAttachment)
  /// A file that receives the output of the guest; nothing is read from it. It is no file of this machine, and no disk
  /// of one that runs. A FIFO that somebody reads or a terminal will do.
  case file(FileAttachment)
  /// The host's side of the guest's SPICE agent, which shares the clipboard; for a port of a Virtio console device that
  /// is no console. On a Linux host the agent is answered, but there is no clipboard behind it: QEMU runs without a
  /// window.
  case spiceAgent(SpiceAgentPortAttachment)

  static let variants = ["stream", "file", "spiceAgent"]

  public init(from decoder: any Decoder) throws {
    let object = try WireObject(decoder)
    let tag: String = try object.required("kind")
    switch tag {
    case "stream":
      try object.refuseUnknownKeys(StreamAttachment.wireKeys, and: "kind")
      self = .stream(try StreamAttachment(object: object))
    case "file":
      try object.refuseUnknownKeys(FileAttachment.wireKeys, and: "kind")
      self = .file(try FileAttachment(object: object))
    case "spiceAgent":
      try object.refuseUnknownKeys(SpiceAgentPortAttachment.wireKeys, and: "kind")
      self = .spiceAgent(try SpiceAgentPortAttachment(object: object))
    default: throw object.unknownVariant(tag, key: "kind", of: Self.variants)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    switch self {
    case .stream(let value):
      try object.encode("stream", forKey: "kind")
      try value.encode(to: encoder)
    case .file(let value):
      try object.encode("file", forKey: "kind")
      try value.encode(to: encoder)
    case .spiceAgent(let value):
      try object.encode("spiceAgent", forKey: "kind")
      try value.encode(to: encoder)
    }
  }
}

/// A stream that clients attach to with console.attach; what was printed before is replayed.
///
/// Wraps `VZFileHandleSerialPortAttachment`. Since macOS 11.0.
public struct StreamAttachment: Codable, Equatable, Sendable {
  /// Name for console.attach, unique in the machine; serial0, console0.port1 and so on by default.
  public var name: String?
  /// Bytes of output kept in memory for replay, 4 KiB to 64 MiB; 1 MiB by default.
  public var replaySize: UInt32?
  /// File that all output is appended to; no file of this machine, and no disk of one that runs. A FIFO that somebody
  /// reads will do.
  public var logPath: PathString?

  public init(name: String? = nil, replaySize: UInt32? = nil, logPath: PathString? = nil) {
    self.name = name
    self.replaySize = replaySize
    self.logPath = logPath
  }

  static let wireKeys: Set<String> = ["name", "replaySize", "logPath"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys))
  }

  init(object: WireObject) throws {
    self.name = try object.optional("name")
    self.replaySize = try object.optional("replaySize")
    self.logPath = try object.optional("logPath")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encodeIfPresent(name, forKey: "name")
    try object.encodeIfPresent(replaySize, forKey: "replaySize")
    try object.encodeIfPresent(logPath, forKey: "logPath")
  }
}

/// A file that receives the output of the guest; nothing is read from it. It is no file of this machine, and no disk of
/// one that runs. A FIFO that somebody reads or a terminal will do.
///
/// Wraps `VZFileSerialPortAttachment`. Since macOS 11.0.
public struct FileAttachment: Codable, Equatable, Sendable {
  /// The file.
  ///
  /// Wraps `VZFileSerialPortAttachment.url`.
  public var path: PathString
  /// Whether what is in the file stays; false by default.
  ///
  /// Wraps `VZFileSerialPortAttachment.append`.
  public var append: Bool?

  public init(path: PathString, append: Bool? = nil) {
    self.path = path
    self.append = append
  }

  static let wireKeys: Set<String> = ["path", "append"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys))
  }

  init(object: WireObject) throws {
    self.path = try object.required("path")
    self.append = try object.optional("append")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(path, forKey: "path")
    try object.encodeIfPresent(append, forKey: "append")
  }
}

/// The host's side of the guest's SPICE agent, which shares the clipboard; for a port of a Virtio console device that
/// is no console. On a Linux host the agent is answered, but there is no clipboard behind it: QEMU runs without a
/// window.
///
/// Wraps `VZSpiceAgentPortAttachment`. Since macOS 13.0.
public struct SpiceAgentPortAttachment: Codable, Equatable, Sendable {
  /// Whether the clipboard is shared; true by default.
  ///
  /// Wraps `VZSpiceAgentPortAttachment.sharesClipboard`.
  public var sharesClipboard: Bool?

  public init(sharesClipboard: Bool? = nil) {
    self.sharesClipboard = sharesClipboard
  }

  static let wireKeys: Set<String> = ["sharesClipboard"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys))
  }

  init(object: WireObject) throws {
    self.sharesClipboard = try object.optional("sharesClipboard")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encodeIfPresent(sharesClipboard, forKey: "sharesClipboard")
  }
}

/// A source of random numbers for the guest.
public enum EntropyDevice: Codable, Equatable, Sendable {
  /// A Virtio entropy device.
  case virtio(VirtioEntropyDevice)

  static let variants = ["virtio"]

  public init(from decoder: any Decoder) throws {
    let object = try WireObject(decoder)
    let tag: String = try object.required("kind")
    switch tag {
    case "virtio":
      try object.refuseUnknownKeys(VirtioEntropyDevice.wireKeys, and: "kind")
      self = .virtio(try VirtioEntropyDevice(object: object))
    default: throw object.unknownVariant(tag, key: "kind", of: Self.variants)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    switch self {
    case .virtio(let value):
      try object.encode("virtio", forKey: "kind")
      try value.encode(to: encoder)
    }
  }
}

/// A Virtio entropy device.
///
/// Wraps `VZVirtioEntropyDeviceConfiguration`. Since macOS 11.0.
public struct VirtioEntropyDevice: Codable, Equatable, Sendable {
  public init() {}

  static let wireKeys: Set<String> = []

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys))
  }

  init(object: WireObject) throws {}

  public func encode(to encoder: any Encoder) throws {
    _ = encoder.container(keyedBy: WireKey.self)
  }
}

/// A device that takes memory from the guest.
public enum MemoryBalloonDevice: Codable, Equatable, Sendable {
  /// A Virtio traditional memory balloon. It changes what the guest may use; the host need not get memory back.
  case virtioTraditional(VirtioTraditionalMemoryBalloonDevice)

  static let variants = ["virtioTraditional"]

  public init(from decoder: any Decoder) throws {
    let object = try WireObject(decoder)
    let tag: String = try object.required("kind")
    switch tag {
    case "virtioTraditional":
      try object.refuseUnknownKeys(VirtioTraditionalMemoryBalloonDevice.wireKeys, and: "kind")
      self = .virtioTraditional(try VirtioTraditionalMemoryBalloonDevice(object: object))
    default: throw object.unknownVariant(tag, key: "kind", of: Self.variants)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    switch self {
    case .virtioTraditional(let value):
      try object.encode("virtioTraditional", forKey: "kind")
      try value.encode(to: encoder)
    }
  }
}

/// A Virtio traditional memory balloon. It changes what the guest may use; the host need not get memory back.
///
/// Wraps `VZVirtioTraditionalMemoryBalloonDeviceConfiguration`. Since macOS 11.0.
public struct VirtioTraditionalMemoryBalloonDevice: Codable, Equatable, Sendable {
  public init() {}

  static let wireKeys: Set<String> = []

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys))
  }

  init(object: WireObject) throws {}

  public func encode(to encoder: any Encoder) throws {
    _ = encoder.container(keyedBy: WireKey.self)
  }
}

/// A device that shares folders of the host.
public enum DirectorySharingDevice: Codable, Equatable, Sendable {
  /// A Virtio file system; a Linux guest mounts it with mount -t virtiofs TAG FOLDER.
  case virtioFileSystem(VirtioFileSystemDevice)

  static let variants = ["virtioFileSystem"]

  public init(from decoder: any Decoder) throws {
    let object = try WireObject(decoder)
    let tag: String = try object.required("kind")
    switch tag {
    case "virtioFileSystem":
      try object.refuseUnknownKeys(VirtioFileSystemDevice.wireKeys, and: "kind")
      self = .virtioFileSystem(try VirtioFileSystemDevice(object: object))
    default: throw object.unknownVariant(tag, key: "kind", of: Self.variants)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    switch self {
    case .virtioFileSystem(let value):
      try object.encode("virtioFileSystem", forKey: "kind")
      try value.encode(to: encoder)
    }
  }
}

/// A Virtio file system; a Linux guest mounts it with mount -t virtiofs TAG FOLDER.
///
/// Wraps `VZVirtioFileSystemDeviceConfiguration`. Since macOS 12.0.
public struct VirtioFileSystemDevice: Codable, Equatable, Sendable {
  /// The name that the guest mounts, 1 to 35 bytes.
  ///
  /// Wraps `VZVirtioFileSystemDeviceConfiguration.tag`.
  public var tag: String
  /// What is shared; an empty folder when absent.
  ///
  /// Wraps `VZVirtioFileSystemDeviceConfiguration.share`.
  public var share: DirectoryShare?

  public init(tag: String, share: DirectoryShare? = nil) {
    self.tag = tag
    self.share = share
  }

  static let wireKeys: Set<String> = ["tag", "share"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys))
  }

  init(object: WireObject) throws {
    self.tag = try object.required("tag")
    self.share = try object.optional("share")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(tag, forKey: "tag")
    try object.encodeIfPresent(share, forKey: "share")
  }
}

/// What a directory sharing device shares.
public enum DirectoryShare: Codable, Equatable, Sendable {
  /// One folder; its content is at the root of the mount.
  case single(SingleDirectoryShare)
  /// Several folders, each under its name at the root of the mount.
  case multiple(MultipleDirectoryShare)

  static let variants = ["single", "multiple"]

  public init(from decoder: any Decoder) throws {
    let object = try WireObject(decoder)
    let tag: String = try object.required("kind")
    switch tag {
    case "single":
      try object.refuseUnknownKeys(SingleDirectoryShare.wireKeys, and: "kind")
      self = .single(try SingleDirectoryShare(object: object))
    case "multiple":
      try object.refuseUnknownKeys(MultipleDirectoryShare.wireKeys, and: "kind")
      self = .multiple(try MultipleDirectoryShare(object: object))
    default: throw object.unknownVariant(tag, key: "kind", of: Self.variants)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    switch self {
    case .single(let value):
      try object.encode("single", forKey: "kind")
      try value.encode(to: encoder)
    case .multiple(let value):
      try object.encode("multiple", forKey: "kind")
      try value.encode(to: encoder)
    }
  }
}

/// One folder; its content is at the root of the mount.
///
/// Wraps `VZSingleDirectoryShare`. Since macOS 12.0.
public struct SingleDirectoryShare: Codable, Equatable, Sendable {
  /// The folder.
  ///
  /// Wraps `VZSingleDirectoryShare.directory`.
  public var directory: SharedDirectory

  public init(directory: SharedDirectory) {
    self.directory = directory
  }

  static let wireKeys: Set<String> = ["directory"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys))
  }

  init(object: WireObject) throws {
    self.directory = try object.required("directory")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(directory, forKey: "directory")
  }
}

/// Several folders, each under its name at the root of the mount.
///
/// Wraps `VZMultipleDirectoryShare`. Since macOS 12.0.
public struct MultipleDirectoryShare: Codable, Equatable, Sendable {
  /// Folders by the name that the guest sees.
  ///
  /// Wraps `VZMultipleDirectoryShare.directories`.
  public var directories: [String: SharedDirectory]

  public init(directories: [String: SharedDirectory]) {
    self.directories = directories
  }

  static let wireKeys: Set<String> = ["directories"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys))
  }

  init(object: WireObject) throws {
    self.directories = try object.required("directories")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(directories, forKey: "directories")
  }
}

/// A folder of the host.
///
/// Wraps `VZSharedDirectory`. Since macOS 12.0.
public struct SharedDirectory: Codable, Equatable, Sendable {
  /// The folder.
  ///
  /// Wraps `VZSharedDirectory.url`.
  public var path: PathString
  /// Whether the guest may only read; false by default.
  ///
  /// Wraps `VZSharedDirectory.isReadOnly`.
  public var isReadOnly: Bool?

  public init(path: PathString, isReadOnly: Bool? = nil) {
    self.path = path
    self.isReadOnly = isReadOnly
  }

  static let wireKeys: Set<String> = ["path", "isReadOnly"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys))
  }

  init(object: WireObject) throws {
    self.path = try object.required("path")
    self.isReadOnly = try object.optional("isReadOnly")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(path, forKey: "path")
    try object.encodeIfPresent(isReadOnly, forKey: "isReadOnly")
  }
}

/// A device for socket connections between host and guest.
public enum SocketDevice: Codable, Equatable, Sendable {
  /// A Virtio socket device; AF_VSOCK in a Linux guest.
  case virtio(VirtioSocketDevice)

  static let variants = ["virtio"]

  public init(from decoder: any Decoder) throws {
    let object = try WireObject(decoder)
    let tag: String = try object.required("kind")
    switch tag {
    case "virtio":
      try object.refuseUnknownKeys(VirtioSocketDevice.wireKeys, and: "kind")
      self = .virtio(try VirtioSocketDevice(object: object))
    default: throw object.unknownVariant(tag, key: "kind", of: Self.variants)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    switch self {
    case .virtio(let value):
      try object.encode("virtio", forKey: "kind")
      try value.encode(to: encoder)
    }
  }
}

/// A Virtio socket device; AF_VSOCK in a Linux guest.
///
/// Wraps `VZVirtioSocketDeviceConfiguration`. Since macOS 11.0.
public struct VirtioSocketDevice: Codable, Equatable, Sendable {
  public init() {}

  static let wireKeys: Set<String> = []

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys))
  }

  init(object: WireObject) throws {}

  public func encode(to encoder: any Encoder) throws {
    _ = encoder.container(keyedBy: WireKey.self)
  }
}
