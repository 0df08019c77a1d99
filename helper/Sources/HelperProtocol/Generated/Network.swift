// generated from protocol/spec by scripts/generate.ts, do not edit
// swift-format-ignore-file

import Foundation

/// An address of the guest.
public struct GuestAddress: Codable, Equatable, Sendable {
  /// Index in networkDevices.
  public var device: UInt32
  /// The MAC address of the interface.
  public var macAddress: String
  /// The guest's IP address, when it is known.
  public var address: String?
  /// How the address is known.
  public var source: AddressSource
  /// Whether the host can connect to this address; where not use a port forward.
  public var isReachable: Bool
  /// Whether the address is an old one: its DHCP lease has ended. Absent where there is no lease.
  public var isExpired: Bool?
  /// Why there is no address, why it cannot be reached, or why it may be out of date.
  public var reason: String?
  /// The port forwards in force, with the ports that the system chose.
  public var portForwards: [PortForward]?

  public init(
    device: UInt32,
    macAddress: String,
    address: String? = nil,
    source: AddressSource,
    isReachable: Bool,
    isExpired: Bool? = nil,
    reason: String? = nil,
    portForwards: [PortForward]? = nil
  ) {
    self.device = device
    self.macAddress = macAddress
    self.address = address
    self.source = source
    self.isReachable = isReachable
    self.isExpired = isExpired
    self.reason = reason
    self.portForwards = portForwards
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.device = try object.required("device")
    self.macAddress = try object.required("macAddress")
    self.address = try object.optional("address")
    self.source = try object.required("source")
    self.isReachable = try object.required("isReachable")
    self.isExpired = try object.optional("isExpired")
    self.reason = try object.optional("reason")
    self.portForwards = try object.optional("portForwards")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(device, forKey: "device")
    try object.encode(macAddress, forKey: "macAddress")
    try object.encodeIfPresent(address, forKey: "address")
    try object.encode(source, forKey: "source")
    try object.encode(isReachable, forKey: "isReachable")
    try object.encodeIfPresent(isExpired, forKey: "isExpired")
    try object.encodeIfPresent(reason, forKey: "reason")
    try object.encodeIfPresent(portForwards, forKey: "portForwards")
  }
}

/// How an address is known.
///
/// Open: values that are not listed may appear.
public struct AddressSource: RawRepresentable, Codable, Hashable, Sendable {
  public let rawValue: String

  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// The lease file of the host's DHCP server.
  public static let dhcpLease = Self(rawValue: "dhcpLease")
  /// The address is reserved for the interface's MAC address.
  public static let dhcpReservation = Self(rawValue: "dhcpReservation")
  /// The network's own DHCP server gives this address to its only guest.
  public static let builtInServer = Self(rawValue: "builtInServer")
  /// It is not known.
  public static let none = Self(rawValue: "none")
}

/// Params of `network.addresses`.
public struct NetworkAddressesParams: Codable, Equatable, Sendable {
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

/// Result of `network.addresses`.
public struct NetworkAddressesResult: Codable, Equatable, Sendable {
  /// One entry for each network device.
  public var addresses: [GuestAddress]

  public init(addresses: [GuestAddress]) {
    self.addresses = addresses
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.addresses = try object.required("addresses")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(addresses, forKey: "addresses")
  }
}

/// The guest's network as the host sees it.
///
/// Called on the connection's reader thread, in the order of arrival.
public protocol NetworkRequests: AnyObject, Sendable {
  /// The addresses of the guest's network interfaces, as far as the host can know them.
  func addresses(_ params: NetworkAddressesParams, _ reply: Reply<NetworkAddressesResult>)
}
