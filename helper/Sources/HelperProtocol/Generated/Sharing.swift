// generated from protocol/spec by scripts/generate.ts, do not edit
// swift-format-ignore-file

import Foundation

/// A directory sharing device of a machine and what it shares now.
///
/// Wraps `VZVirtioFileSystemDevice`. Since macOS 12.0.
public struct SharingDevice: Codable, Equatable, Sendable {
  /// The name that the guest mounts.
  ///
  /// Wraps `VZVirtioFileSystemDevice.tag`.
  public var tag: String
  /// What is shared; an empty folder when absent.
  ///
  /// Wraps `VZVirtioFileSystemDevice.share`.
  public var share: DirectoryShare?

  public init(tag: String, share: DirectoryShare? = nil) {
    self.tag = tag
    self.share = share
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
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

/// Params of `sharing.list`.
public struct SharingListParams: Codable, Equatable, Sendable {
  /// The machine.
  public var machine: MachineHandle

  public init(machine: MachineHandle) {
    self.machine = machine
  }

  static let wireKeys: Set<String> = ["machine"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.machine = try object.required("machine")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(machine, forKey: "machine")
  }
}

/// Result of `sharing.list`.
public struct SharingListResult: Codable, Equatable, Sendable {
  /// One entry for each device.
  public var devices: [SharingDevice]

  public init(devices: [SharingDevice]) {
    self.devices = devices
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.devices = try object.required("devices")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(devices, forKey: "devices")
  }
}

/// Params of `sharing.setShare`.
public struct SharingSetShareParams: Codable, Equatable, Sendable {
  /// The machine.
  public var machine: MachineHandle
  /// The tag of the device.
  public var tag: String
  /// What is shared from now on; an empty folder when absent.
  public var share: DirectoryShare?

  public init(machine: MachineHandle, tag: String, share: DirectoryShare? = nil) {
    self.machine = machine
    self.tag = tag
    self.share = share
  }

  static let wireKeys: Set<String> = ["machine", "tag", "share"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.machine = try object.required("machine")
    self.tag = try object.required("tag")
    self.share = try object.optional("share")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(machine, forKey: "machine")
    try object.encode(tag, forKey: "tag")
    try object.encodeIfPresent(share, forKey: "share")
  }
}

/// Result of `sharing.setShare`.
public struct SharingSetShareResult: Codable, Equatable, Sendable, EmptyWireResult {
  public init() {}

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {}

  public func encode(to encoder: any Encoder) throws {
    _ = encoder.container(keyedBy: WireKey.self)
  }
}

/// The folders that a machine shares, which can be exchanged while it runs.
///
/// Called on the connection's reader thread, in the order of arrival.
public protocol SharingRequests: AnyObject, Sendable {
  /// The directory sharing devices of a machine and what each shares now, in the order of the configuration.
  ///
  /// Wraps `VZVirtualMachine.directorySharingDevices`.
  func list(_ params: SharingListParams, _ reply: Reply<SharingListResult>)

  /// Exchanges what a directory sharing device shares. A guest that has it mounted sees the new share at once; what it
  /// has open of the old one, a file or the current folder of a program, stays open until it closes it. While the
  /// machine does not run, its next start uses the new share. It lasts until the machine is disposed of and is stored
  /// in no bundle. After an error the old share is still there. On a Linux host the exchange from or to a single folder
  /// while the machine runs needs an x86-64 processor and a system that lets a process look into its children;
  /// elsewhere it is notSupported, and several folders can be exchanged all the same.
  ///
  /// Wraps `VZVirtioFileSystemDevice.share`. Since macOS 12.0.
  func setShare(_ params: SharingSetShareParams, _ reply: Reply<SharingSetShareResult>)
}
