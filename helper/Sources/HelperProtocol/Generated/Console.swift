// generated from protocol/spec by scripts/generate.ts, do not edit
// swift-format-ignore-file

import Foundation

/// Params of `console.attach`.
public struct ConsoleAttachParams: Codable, Equatable, Sendable {
  /// The machine.
  public var machine: MachineHandle
  /// Name of the stream; the first stream of the configuration by default.
  public var console: String?
  /// Output offset in bytes to begin at; the oldest that is kept by default.
  public var from: UInt64?

  public init(machine: MachineHandle, console: String? = nil, from: UInt64? = nil) {
    self.machine = machine
    self.console = console
    self.from = from
  }

  static let wireKeys: Set<String> = ["machine", "console", "from"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.machine = try object.required("machine")
    self.console = try object.optional("console")
    self.from = try object.optional("from")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(machine, forKey: "machine")
    try object.encodeIfPresent(console, forKey: "console")
    try object.encodeIfPresent(from, forKey: "from")
  }
}

/// Result of `console.attach`.
public struct ConsoleAttachResult: Codable, Equatable, Sendable {
  /// The Unix socket to connect to.
  public var path: PathString
  /// Offset, counted from the machine's creation, of the first byte that the socket delivers.
  public var offset: UInt64
  /// Bytes that the guest has printed so far.
  public var endOffset: UInt64

  public init(path: PathString, offset: UInt64, endOffset: UInt64) {
    self.path = path
    self.offset = offset
    self.endOffset = endOffset
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.path = try object.required("path")
    self.offset = try object.required("offset")
    self.endOffset = try object.required("endOffset")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(path, forKey: "path")
    try object.encode(offset, forKey: "offset")
    try object.encode(endOffset, forKey: "endOffset")
  }
}

/// Byte streams of serial ports and console ports.
///
/// Called on the connection's reader thread, in the order of arrival.
public protocol ConsoleRequests: AnyObject, Sendable {
  /// Opens a Unix socket on which one client gets the output of a port, first what is kept of the past, then what
  /// comes, and whose input goes to the guest. Each attach serves one connection, to be made within 30 seconds. A
  /// client that does not read for so long that 16 MiB wait for it is cut off.
  func attach(_ params: ConsoleAttachParams, _ reply: Reply<ConsoleAttachResult>)
}
