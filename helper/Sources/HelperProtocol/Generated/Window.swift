// generated from protocol/spec by scripts/generate.ts, do not edit
// swift-format-ignore-file

import Foundation

/// How a window looks and works.
public struct WindowOptions: Codable, Equatable, Sendable {
  /// The window's title, 1 to 255 bytes; the machine's name by default.
  public var title: String?
  /// Width of the content in points, 64 to 16384; that of the display by default, as far as the screen has room.
  public var width: Double?
  /// Height of the content in points, 64 to 16384; as width.
  public var height: Double?
  /// Whether the guest gets the key combinations of the host's system too; true by default.
  ///
  /// Wraps `VZVirtualMachineView.capturesSystemKeys`.
  public var capturesSystemKeys: Bool?
  /// Whether the guest's display takes the window's size; true by default, and of effect from macOS 14 on.
  ///
  /// Wraps `VZVirtualMachineView.automaticallyReconfiguresDisplay`. Since macOS 14.0. Not on Linux.
  public var automaticallyReconfiguresDisplay: Bool?
  /// What a person's closing does; keepRunning by default.
  public var closeBehavior: WindowCloseBehavior?

  public init(
    title: String? = nil,
    width: Double? = nil,
    height: Double? = nil,
    capturesSystemKeys: Bool? = nil,
    automaticallyReconfiguresDisplay: Bool? = nil,
    closeBehavior: WindowCloseBehavior? = nil
  ) {
    self.title = title
    self.width = width
    self.height = height
    self.capturesSystemKeys = capturesSystemKeys
    self.automaticallyReconfiguresDisplay = automaticallyReconfiguresDisplay
    self.closeBehavior = closeBehavior
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.title = try object.optional("title")
    self.width = try object.optional("width")
    self.height = try object.optional("height")
    self.capturesSystemKeys = try object.optional("capturesSystemKeys")
    self.automaticallyReconfiguresDisplay = try object.optional("automaticallyReconfiguresDisplay")
    self.closeBehavior = try object.optional("closeBehavior")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encodeIfPresent(title, forKey: "title")
    try object.encodeIfPresent(width, forKey: "width")
    try object.encodeIfPresent(height, forKey: "height")
    try object.encodeIfPresent(capturesSystemKeys, forKey: "capturesSystemKeys")
    try object.encodeIfPresent(automaticallyReconfiguresDisplay, forKey: "automaticallyReconfiguresDisplay")
    try object.encodeIfPresent(closeBehavior, forKey: "closeBehavior")
  }

  /// The same with what is absent taken from `other`.
  public func filled(from other: Self) -> Self {
    Self(
      title: title ?? other.title,
      width: width ?? other.width,
      height: height ?? other.height,
      capturesSystemKeys: capturesSystemKeys ?? other.capturesSystemKeys,
      automaticallyReconfiguresDisplay: automaticallyReconfiguresDisplay ?? other.automaticallyReconfiguresDisplay,
      closeBehavior: closeBehavior ?? other.closeBehavior)
  }
}

/// A window that opens before its machine starts.
public struct StartWindow: Codable, Equatable, Sendable {
  /// Whether the machine is not started where there can be no window, such as outside of a GUI session; true by
  /// default.
  public var isRequired: Bool?
  /// The window's title, 1 to 255 bytes; the machine's name by default.
  public var title: String?
  /// Width of the content in points, 64 to 16384; that of the display by default, as far as the screen has room.
  public var width: Double?
  /// Height of the content in points, 64 to 16384; as width.
  public var height: Double?
  /// Whether the guest gets the key combinations of the host's system too; true by default.
  ///
  /// Wraps `VZVirtualMachineView.capturesSystemKeys`.
  public var capturesSystemKeys: Bool?
  /// Whether the guest's display takes the window's size; true by default, and of effect from macOS 14 on.
  ///
  /// Wraps `VZVirtualMachineView.automaticallyReconfiguresDisplay`. Since macOS 14.0. Not on Linux.
  public var automaticallyReconfiguresDisplay: Bool?
  /// What a person's closing does; keepRunning by default.
  public var closeBehavior: WindowCloseBehavior?

  public init(
    isRequired: Bool? = nil,
    title: String? = nil,
    width: Double? = nil,
    height: Double? = nil,
    capturesSystemKeys: Bool? = nil,
    automaticallyReconfiguresDisplay: Bool? = nil,
    closeBehavior: WindowCloseBehavior? = nil
  ) {
    self.isRequired = isRequired
    self.title = title
    self.width = width
    self.height = height
    self.capturesSystemKeys = capturesSystemKeys
    self.automaticallyReconfiguresDisplay = automaticallyReconfiguresDisplay
    self.closeBehavior = closeBehavior
  }

  static let wireKeys: Set<String> = [
    "isRequired",
    "title",
    "width",
    "height",
    "capturesSystemKeys",
    "automaticallyReconfiguresDisplay",
    "closeBehavior",
  ]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys))
  }

  init(object: WireObject) throws {
    self.isRequired = try object.optional("isRequired")
    self.title = try object.optional("title")
    self.width = try object.optional("width")
    self.height = try object.optional("height")
    self.capturesSystemKeys = try object.optional("capturesSystemKeys")
    self.automaticallyReconfiguresDisplay = try object.optional("automaticallyReconfiguresDisplay")
    self.closeBehavior = try object.optional("closeBehavior")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encodeIfPresent(isRequired, forKey: "isRequired")
    try object.encodeIfPresent(title, forKey: "title")
    try object.encodeIfPresent(width, forKey: "width")
    try object.encodeIfPresent(height, forKey: "height")
    try object.encodeIfPresent(capturesSystemKeys, forKey: "capturesSystemKeys")
    try object.encodeIfPresent(automaticallyReconfiguresDisplay, forKey: "automaticallyReconfiguresDisplay")
    try object.encodeIfPresent(closeBehavior, forKey: "closeBehavior")
  }

  /// The fields of `WindowOptions` by themselves.
  public var windowOptions: WindowOptions {
    get {
      WindowOptions(
        title: title,
        width: width,
        height: height,
        capturesSystemKeys: capturesSystemKeys,
        automaticallyReconfiguresDisplay: automaticallyReconfiguresDisplay,
        closeBehavior: closeBehavior)
    }
    set {
      title = newValue.title
      width = newValue.width
      height = newValue.height
      capturesSystemKeys = newValue.capturesSystemKeys
      automaticallyReconfiguresDisplay = newValue.automaticallyReconfiguresDisplay
      closeBehavior = newValue.closeBehavior
    }
  }
}

/// What happens when a person closes a window.
public enum WindowCloseBehavior: String, Codable, CaseIterable, Sendable {
  /// The window closes and the machine goes on.
  case keepRunning
  /// The guest is asked to turn itself off, as its power button does; the window stays until it has. Closing it once
  /// more closes the window alone.
  case requestStop
  /// The machine is stopped by force, and the window closes.
  case stop

  public init(from decoder: any Decoder) throws {
    self = try decoder.closedEnum()
  }
}

/// Why a window closed.
///
/// Open: values that are not listed may appear.
public struct WindowClosedReason: RawRepresentable, Codable, Hashable, Sendable {
  public let rawValue: String

  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// A person closed it.
  public static let user = Self(rawValue: "user")
  /// window.close or the end of the machine's handle closed it.
  public static let request = Self(rawValue: "request")
  /// The machine stopped.
  public static let machineStopped = Self(rawValue: "machineStopped")
}

/// Params of `window.open`.
public struct WindowOpenParams: Codable, Equatable, Sendable {
  /// The machine.
  public var machine: MachineHandle
  /// The window's title, 1 to 255 bytes; the machine's name by default.
  public var title: String?
  /// Width of the content in points, 64 to 16384; that of the display by default, as far as the screen has room.
  public var width: Double?
  /// Height of the content in points, 64 to 16384; as width.
  public var height: Double?
  /// Whether the guest gets the key combinations of the host's system too; true by default.
  ///
  /// Wraps `VZVirtualMachineView.capturesSystemKeys`.
  public var capturesSystemKeys: Bool?
  /// Whether the guest's display takes the window's size; true by default, and of effect from macOS 14 on.
  ///
  /// Wraps `VZVirtualMachineView.automaticallyReconfiguresDisplay`. Since macOS 14.0. Not on Linux.
  public var automaticallyReconfiguresDisplay: Bool?
  /// What a person's closing does; keepRunning by default.
  public var closeBehavior: WindowCloseBehavior?

  public init(
    machine: MachineHandle,
    title: String? = nil,
    width: Double? = nil,
    height: Double? = nil,
    capturesSystemKeys: Bool? = nil,
    automaticallyReconfiguresDisplay: Bool? = nil,
    closeBehavior: WindowCloseBehavior? = nil
  ) {
    self.machine = machine
    self.title = title
    self.width = width
    self.height = height
    self.capturesSystemKeys = capturesSystemKeys
    self.automaticallyReconfiguresDisplay = automaticallyReconfiguresDisplay
    self.closeBehavior = closeBehavior
  }

  static let wireKeys: Set<String> = [
    "machine",
    "title",
    "width",
    "height",
    "capturesSystemKeys",
    "automaticallyReconfiguresDisplay",
    "closeBehavior",
  ]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.machine = try object.required("machine")
    self.title = try object.optional("title")
    self.width = try object.optional("width")
    self.height = try object.optional("height")
    self.capturesSystemKeys = try object.optional("capturesSystemKeys")
    self.automaticallyReconfiguresDisplay = try object.optional("automaticallyReconfiguresDisplay")
    self.closeBehavior = try object.optional("closeBehavior")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(machine, forKey: "machine")
    try object.encodeIfPresent(title, forKey: "title")
    try object.encodeIfPresent(width, forKey: "width")
    try object.encodeIfPresent(height, forKey: "height")
    try object.encodeIfPresent(capturesSystemKeys, forKey: "capturesSystemKeys")
    try object.encodeIfPresent(automaticallyReconfiguresDisplay, forKey: "automaticallyReconfiguresDisplay")
    try object.encodeIfPresent(closeBehavior, forKey: "closeBehavior")
  }

  /// The fields of `WindowOptions` by themselves.
  public var windowOptions: WindowOptions {
    get {
      WindowOptions(
        title: title,
        width: width,
        height: height,
        capturesSystemKeys: capturesSystemKeys,
        automaticallyReconfiguresDisplay: automaticallyReconfiguresDisplay,
        closeBehavior: closeBehavior)
    }
    set {
      title = newValue.title
      width = newValue.width
      height = newValue.height
      capturesSystemKeys = newValue.capturesSystemKeys
      automaticallyReconfiguresDisplay = newValue.automaticallyReconfiguresDisplay
      closeBehavior = newValue.closeBehavior
    }
  }
}

/// Result of `window.open`.
public struct WindowOpenResult: Codable, Equatable, Sendable, EmptyWireResult {
  public init() {}

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {}

  public func encode(to encoder: any Encoder) throws {
    _ = encoder.container(keyedBy: WireKey.self)
  }
}

/// Params of `window.close`.
public struct WindowCloseParams: Codable, Equatable, Sendable {
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

/// Result of `window.close`.
public struct WindowCloseResult: Codable, Equatable, Sendable, EmptyWireResult {
  public init() {}

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {}

  public func encode(to encoder: any Encoder) throws {
    _ = encoder.container(keyedBy: WireKey.self)
  }
}

/// A machine's window closed.
///
/// Params of the event `window.closed`.
public struct WindowClosedEvent: Codable, Equatable, Sendable, WireEvent {
  public static let method = "window.closed"

  /// The machine.
  public var machine: MachineHandle
  /// Why.
  public var reason: WindowClosedReason

  public init(machine: MachineHandle, reason: WindowClosedReason) {
    self.machine = machine
    self.reason = reason
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.machine = try object.required("machine")
    self.reason = try object.required("reason")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(machine, forKey: "machine")
    try object.encode(reason, forKey: "reason")
  }
}

/// A window of the host on a machine's first display, for people to look at and work in. It can be opened and closed
/// while the machine goes on; a machine has at most one.
///
/// Called on the connection's reader thread, in the order of arrival.
public protocol WindowRequests: AnyObject, Sendable {
  /// Opens a window on a machine, running or not; one that is open is replaced. The helper has an icon in the Dock as
  /// long as one of its windows is open. Needs a GUI session.
  ///
  /// Wraps `VZVirtualMachineView`. Since macOS 12.0. On Linux: There is no GUI on this system: windows need macOS. Use
  /// display.screenshot.
  func open(_ params: WindowOpenParams, _ reply: Reply<WindowOpenResult>)

  /// Closes a machine's window; the machine goes on. Does nothing if there is none.
  func close(_ params: WindowCloseParams, _ reply: Reply<WindowCloseResult>)
}
