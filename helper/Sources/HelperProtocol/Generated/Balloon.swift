// generated from protocol/spec by scripts/generate.ts, do not edit
// swift-format-ignore-file

import Foundation

/// Params of `balloon.target`.
public struct BalloonTargetParams: Codable, Equatable, Sendable {
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

/// Result of `balloon.target`.
public struct BalloonTargetResult: Codable, Equatable, Sendable {
  /// Target in bytes.
  public var memorySize: UInt64

  public init(memorySize: UInt64) {
    self.memorySize = memorySize
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.memorySize = try object.required("memorySize")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(memorySize, forKey: "memorySize")
  }
}

/// Params of `balloon.setTarget`.
public struct BalloonSetTargetParams: Codable, Equatable, Sendable {
  /// The machine.
  public var machine: MachineHandle
  /// Wanted size in bytes.
  public var memorySize: UInt64

  public init(machine: MachineHandle, memorySize: UInt64) {
    self.machine = machine
    self.memorySize = memorySize
  }

  static let wireKeys: Set<String> = ["machine", "memorySize"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.machine = try object.required("machine")
    self.memorySize = try object.required("memorySize")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(machine, forKey: "machine")
    try object.encode(memorySize, forKey: "memorySize")
  }
}

/// Result of `balloon.setTarget`.
public struct BalloonSetTargetResult: Codable, Equatable, Sendable {
  /// The target that was set in bytes.
  public var memorySize: UInt64

  public init(memorySize: UInt64) {
    self.memorySize = memorySize
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.memorySize = try object.required("memorySize")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(memorySize, forKey: "memorySize")
  }
}

/// The memory balloon.
///
/// Called on the connection's reader thread, in the order of arrival.
public protocol BalloonRequests: AnyObject, Sendable {
  /// The memory size that the guest is asked to keep to.
  ///
  /// Wraps `VZVirtioTraditionalMemoryBalloonDevice.targetVirtualMachineMemorySize`.
  func target(_ params: BalloonTargetParams, _ reply: Reply<BalloonTargetResult>)

  /// Asks the guest to keep to a memory size. A request only: the guest gives what it can. Rounded down to 1 MiB and
  /// kept between the least allowed size and the machine's memory size.
  ///
  /// Wraps `VZVirtioTraditionalMemoryBalloonDevice.targetVirtualMachineMemorySize`.
  func setTarget(_ params: BalloonSetTargetParams, _ reply: Reply<BalloonSetTargetResult>)
}
