// generated from protocol/spec by scripts/generate.ts, do not edit
// swift-format-ignore-file

import Foundation

/// Params of `socket.connect`.
public struct SocketConnectParams: Codable, Equatable, Sendable {
  /// The machine.
  public var machine: MachineHandle
  /// The port in the guest.
  public var port: UInt32

  public init(machine: MachineHandle, port: UInt32) {
    self.machine = machine
    self.port = port
  }

  static let wireKeys: Set<String> = ["machine", "port"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.machine = try object.required("machine")
    self.port = try object.required("port")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(machine, forKey: "machine")
    try object.encode(port, forKey: "port")
  }
}

/// Result of `socket.connect`.
public struct SocketConnectResult: Codable, Equatable, Sendable {
  /// The Unix socket to connect to.
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

/// Params of `socket.listen`.
public struct SocketListenParams: Codable, Equatable, Sendable {
  /// The machine.
  public var machine: MachineHandle
  /// The port of the host.
  public var port: UInt32

  public init(machine: MachineHandle, port: UInt32) {
    self.machine = machine
    self.port = port
  }

  static let wireKeys: Set<String> = ["machine", "port"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.machine = try object.required("machine")
    self.port = try object.required("port")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(machine, forKey: "machine")
    try object.encode(port, forKey: "port")
  }
}

/// Result of `socket.listen`.
public struct SocketListenResult: Codable, Equatable, Sendable, EmptyWireResult {
  public init() {}

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {}

  public func encode(to encoder: any Encoder) throws {
    _ = encoder.container(keyedBy: WireKey.self)
  }
}

/// Params of `socket.stopListening`.
public struct SocketStopListeningParams: Codable, Equatable, Sendable {
  /// The machine.
  public var machine: MachineHandle
  /// The port of the host.
  public var port: UInt32

  public init(machine: MachineHandle, port: UInt32) {
    self.machine = machine
    self.port = port
  }

  static let wireKeys: Set<String> = ["machine", "port"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.machine = try object.required("machine")
    self.port = try object.required("port")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(machine, forKey: "machine")
    try object.encode(port, forKey: "port")
  }
}

/// Result of `socket.stopListening`.
public struct SocketStopListeningResult: Codable, Equatable, Sendable, EmptyWireResult {
  public init() {}

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {}

  public func encode(to encoder: any Encoder) throws {
    _ = encoder.container(keyedBy: WireKey.self)
  }
}

/// The guest connected to a port that a client listens on. The Unix socket is the connection; it serves one client and
/// waits 30 seconds for it.
///
/// Params of the event `socket.accepted`.
public struct SocketAcceptedEvent: Codable, Equatable, Sendable, WireEvent {
  public static let method = "socket.accepted"

  /// The machine.
  public var machine: MachineHandle
  /// The port of the host.
  public var port: UInt32
  /// The port of the guest.
  public var sourcePort: UInt32
  /// The Unix socket to connect to.
  public var path: PathString

  public init(machine: MachineHandle, port: UInt32, sourcePort: UInt32, path: PathString) {
    self.machine = machine
    self.port = port
    self.sourcePort = sourcePort
    self.path = path
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.machine = try object.required("machine")
    self.port = try object.required("port")
    self.sourcePort = try object.required("sourcePort")
    self.path = try object.required("path")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(machine, forKey: "machine")
    try object.encode(port, forKey: "port")
    try object.encode(sourcePort, forKey: "sourcePort")
    try object.encode(path, forKey: "path")
  }
}

/// Virtio socket connections between host and guest (AF_VSOCK in a Linux guest).
///
/// Called on the connection's reader thread, in the order of arrival.
public protocol SocketRequests: AnyObject, Sendable {
  /// Connects to a port that the guest listens on. The Unix socket of the answer is the connection; it serves one
  /// client and waits 30 seconds for it.
  ///
  /// Wraps `VZVirtioSocketDevice.connect(toPort:completionHandler:)`.
  func connect(_ params: SocketConnectParams, _ reply: Reply<SocketConnectResult>)

  /// Listens on a port of the host. Each connection of the guest is announced by the event socket.accepted; a second
  /// listen on a port replaces the first.
  ///
  /// Wraps `VZVirtioSocketDevice.setSocketListener(_:forPort:)`.
  func listen(_ params: SocketListenParams, _ reply: Reply<SocketListenResult>)

  /// Stops listening on a port; connections made before go on. Does nothing if nobody listens.
  ///
  /// Wraps `VZVirtioSocketDevice.removeSocketListener(forPort:)`.
  func stopListening(_ params: SocketStopListeningParams, _ reply: Reply<SocketStopListeningResult>)
}
