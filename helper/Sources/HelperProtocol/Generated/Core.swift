// generated from protocol/spec by scripts/generate.ts, do not edit
// swift-format-ignore-file

import Foundation

/// Who is calling; shown in the helper's log.
public struct ClientInfo: Codable, Equatable, Sendable {
  /// Name of the client program or library.
  public var name: String
  /// Version of the client.
  public var version: String?

  public init(name: String, version: String? = nil) {
    self.name = name
    self.version = version
  }

  static let wireKeys: Set<String> = ["name", "version"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys))
  }

  init(object: WireObject) throws {
    self.name = try object.required("name")
    self.version = try object.optional("version")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(name, forKey: "name")
    try object.encodeIfPresent(version, forKey: "version")
  }
}

/// The helper process that answers.
public struct HelperInfo: Codable, Equatable, Sendable {
  /// Version of the helper; the npm client and its helper ship with the same one.
  public var version: String
  /// Process id of the helper.
  public var processIdentifier: Int32

  public init(version: String, processIdentifier: Int32) {
    self.version = version
    self.processIdentifier = processIdentifier
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.version = try object.required("version")
    self.processIdentifier = try object.required("processIdentifier")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(version, forKey: "version")
    try object.encode(processIdentifier, forKey: "processIdentifier")
  }
}

/// Something in the protocol that this helper cannot do on this host.
public struct UnavailableFeature: Codable, Equatable, Sendable {
  /// Name of the method, type, variant or field, as in this protocol.
  public var name: String
  /// Why it cannot be used here.
  public var reason: String
  /// What would make it available, such as a macOS version.
  public var needs: String?

  public init(name: String, reason: String, needs: String? = nil) {
    self.name = name
    self.reason = reason
    self.needs = needs
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.name = try object.required("name")
    self.reason = try object.required("reason")
    self.needs = try object.optional("needs")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(name, forKey: "name")
    try object.encode(reason, forKey: "reason")
    try object.encodeIfPresent(needs, forKey: "needs")
  }
}

/// An error of the framework or of a layer below it, with the chain of its causes.
public struct AppleError: Codable, Equatable, Sendable {
  /// Error domain, such as VZErrorDomain.
  public var domain: String
  /// Error code inside the domain.
  public var code: Int64
  /// Name of the code, such as invalidVirtualMachineConfiguration.
  public var name: String?
  /// The localized description.
  public var description: String
  /// The localized failure reason.
  public var failureReason: String?
  /// The error that caused this one.
  public var underlying: AppleError? {
    get { underlyingBox.first }
    set { underlyingBox = newValue.map { [$0] } ?? [] }
  }
  // At most one element: a struct cannot hold itself, an array of it can.
  private var underlyingBox: [AppleError] = []

  public init(
    domain: String,
    code: Int64,
    name: String? = nil,
    description: String,
    failureReason: String? = nil,
    underlying: AppleError? = nil
  ) {
    self.domain = domain
    self.code = code
    self.name = name
    self.description = description
    self.failureReason = failureReason
    self.underlyingBox = underlying.map { [$0] } ?? []
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.domain = try object.required("domain")
    self.code = try object.required("code")
    self.name = try object.optional("name")
    self.description = try object.required("description")
    self.failureReason = try object.optional("failureReason")
    self.underlyingBox = (try object.optional("underlying") as AppleError?).map { [$0] } ?? []
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(domain, forKey: "domain")
    try object.encode(code, forKey: "code")
    try object.encodeIfPresent(name, forKey: "name")
    try object.encode(description, forKey: "description")
    try object.encodeIfPresent(failureReason, forKey: "failureReason")
    try object.encodeIfPresent(underlying, forKey: "underlying")
  }
}

/// An error as it travels inside an event; the same content as a response's error object.
public struct ErrorInfo: Codable, Equatable, Sendable {
  /// Stable name of the error; see the table of errors. New kinds may appear.
  public var kind: String
  /// The JSON-RPC error code of this kind.
  public var code: Int32
  /// What happened, to what, and what to do, in plain words.
  public var message: String
  /// The framework's own error.
  public var apple: AppleError?

  public init(kind: String, code: Int32, message: String, apple: AppleError? = nil) {
    self.kind = kind
    self.code = code
    self.message = message
    self.apple = apple
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.kind = try object.required("kind")
    self.code = try object.required("code")
    self.message = try object.required("message")
    self.apple = try object.optional("apple")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(kind, forKey: "kind")
    try object.encode(code, forKey: "code")
    try object.encode(message, forKey: "message")
    try object.encodeIfPresent(apple, forKey: "apple")
  }
}

/// The data of a response's error object.
public struct ErrorData: Codable, Equatable, Sendable {
  /// Stable name of the error; see the table of errors. New kinds may appear.
  public var kind: String
  /// What to do about an error of this kind.
  public var hint: String?
  /// The place in the params that does not fit, such as params.configuration.cpuCount.
  public var path: String?
  /// Further facts for programs, by name.
  public var details: [String: JSONValue]?
  /// The framework's own error.
  public var apple: AppleError?

  public init(
    kind: String,
    hint: String? = nil,
    path: String? = nil,
    details: [String: JSONValue]? = nil,
    apple: AppleError? = nil
  ) {
    self.kind = kind
    self.hint = hint
    self.path = path
    self.details = details
    self.apple = apple
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.kind = try object.required("kind")
    self.hint = try object.optional("hint")
    self.path = try object.optional("path")
    self.details = try object.optional("details")
    self.apple = try object.optional("apple")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(kind, forKey: "kind")
    try object.encodeIfPresent(hint, forKey: "hint")
    try object.encodeIfPresent(path, forKey: "path")
    try object.encodeIfPresent(details, forKey: "details")
    try object.encodeIfPresent(apple, forKey: "apple")
  }
}

/// Params of `initialize`.
public struct InitializeParams: Codable, Equatable, Sendable {
  /// Who is calling.
  public var client: ClientInfo?
  /// Versions the client speaks, best first, such as 1.0.
  public var protocolVersions: [String]
  /// Seconds that running guests get to turn themselves off when this client goes away or asks for `shutdown`, before
  /// they are stopped by force; 0 to 600, 10 by default.
  public var shutdownGrace: Double?

  public init(client: ClientInfo? = nil, protocolVersions: [String], shutdownGrace: Double? = nil) {
    self.client = client
    self.protocolVersions = protocolVersions
    self.shutdownGrace = shutdownGrace
  }

  static let wireKeys: Set<String> = ["client", "protocolVersions", "shutdownGrace"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.client = try object.optional("client")
    self.protocolVersions = try object.required("protocolVersions")
    self.shutdownGrace = try object.optional("shutdownGrace")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encodeIfPresent(client, forKey: "client")
    try object.encode(protocolVersions, forKey: "protocolVersions")
    try object.encodeIfPresent(shutdownGrace, forKey: "shutdownGrace")
  }
}

/// Result of `initialize`.
public struct InitializeResult: Codable, Equatable, Sendable {
  /// The version that both sides speak from now on.
  public var protocolVersion: String
  /// Hash of the protocol definition the helper was built from.
  public var protocolHash: String
  /// The answering process.
  public var helper: HelperInfo
  /// The machine the helper runs on.
  public var host: HostDescription
  /// Bounds that configurations and messages must keep.
  public var limits: HostLimits
  /// What cannot be used here, and why.
  public var unavailable: [UnavailableFeature]

  public init(
    protocolVersion: String,
    protocolHash: String,
    helper: HelperInfo,
    host: HostDescription,
    limits: HostLimits,
    unavailable: [UnavailableFeature]
  ) {
    self.protocolVersion = protocolVersion
    self.protocolHash = protocolHash
    self.helper = helper
    self.host = host
    self.limits = limits
    self.unavailable = unavailable
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.protocolVersion = try object.required("protocolVersion")
    self.protocolHash = try object.required("protocolHash")
    self.helper = try object.required("helper")
    self.host = try object.required("host")
    self.limits = try object.required("limits")
    self.unavailable = try object.required("unavailable")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(protocolVersion, forKey: "protocolVersion")
    try object.encode(protocolHash, forKey: "protocolHash")
    try object.encode(helper, forKey: "helper")
    try object.encode(host, forKey: "host")
    try object.encode(limits, forKey: "limits")
    try object.encode(unavailable, forKey: "unavailable")
  }
}

/// Result of `ping`.
public struct PingResult: Codable, Equatable, Sendable, EmptyWireResult {
  public init() {}

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {}

  public func encode(to encoder: any Encoder) throws {
    _ = encoder.container(keyedBy: WireKey.self)
  }
}

/// Params of `shutdown`.
public struct ShutdownParams: Codable, Equatable, Sendable {
  /// Seconds to wait for guests to turn themselves off, 0 to 600; the session's by default.
  public var grace: Double?

  public init(grace: Double? = nil) {
    self.grace = grace
  }

  static let wireKeys: Set<String> = ["grace"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.grace = try object.optional("grace")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encodeIfPresent(grace, forKey: "grace")
  }
}

/// Result of `shutdown`.
public struct ShutdownResult: Codable, Equatable, Sendable, EmptyWireResult {
  public init() {}

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {}

  public func encode(to encoder: any Encoder) throws {
    _ = encoder.container(keyedBy: WireKey.self)
  }
}

/// Handshake, liveness, the end of a helper, and the errors that every method shares.
///
/// Called on the connection's reader thread, in the order of arrival.
public protocol CoreRequests: AnyObject, Sendable {
  /// Agrees on the protocol version and reports what this helper and host can do. Optional: a client that skips it is
  /// served with the newest protocol version.
  func initialize(_ params: InitializeParams, _ reply: Reply<InitializeResult>)

  /// Answers at once; shows that the connection and the helper are alive.
  func ping(_ reply: Reply<PingResult>)

  /// Ends the helper in order. Asks running guests to turn themselves off, waits the grace, stops the rest by force,
  /// answers, and exits with status 0. Later requests fail with `shuttingDown`.
  func shutdown(_ params: ShutdownParams, _ reply: Reply<ShutdownResult>)
}
