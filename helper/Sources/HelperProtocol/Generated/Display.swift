// generated from protocol/spec by scripts/generate.ts, do not edit
// swift-format-ignore-file

import Foundation

/// A display of a machine.
///
/// Wraps `VZGraphicsDisplay`, `VZVirtioGraphicsScanoutConfiguration`, `VZMacGraphicsDisplayConfiguration`.
public struct Display: Codable, Equatable, Sendable {
  /// Its number, counted over all graphics devices of the machine from 0 on.
  public var index: UInt32
  /// Width in pixels that the guest is offered; a guest may show a mode of another size.
  ///
  /// Wraps `VZGraphicsDisplay.sizeInPixels`, `VZVirtioGraphicsScanoutConfiguration.widthInPixels`,
  /// `VZMacGraphicsDisplayConfiguration.widthInPixels`.
  public var widthInPixels: UInt32
  /// Height in pixels that the guest is offered.
  ///
  /// Wraps `VZGraphicsDisplay.sizeInPixels`, `VZVirtioGraphicsScanoutConfiguration.heightInPixels`,
  /// `VZMacGraphicsDisplayConfiguration.heightInPixels`.
  public var heightInPixels: UInt32
  /// Density, of a virtual Mac's display only.
  ///
  /// Wraps `VZMacGraphicsDisplay.pixelsPerInch`, `VZMacGraphicsDisplayConfiguration.pixelsPerInch`. Since macOS 12.0,
  /// Apple silicon.
  public var pixelsPerInch: UInt32?

  public init(index: UInt32, widthInPixels: UInt32, heightInPixels: UInt32, pixelsPerInch: UInt32? = nil) {
    self.index = index
    self.widthInPixels = widthInPixels
    self.heightInPixels = heightInPixels
    self.pixelsPerInch = pixelsPerInch
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.index = try object.required("index")
    self.widthInPixels = try object.required("widthInPixels")
    self.heightInPixels = try object.required("heightInPixels")
    self.pixelsPerInch = try object.optional("pixelsPerInch")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(index, forKey: "index")
    try object.encode(widthInPixels, forKey: "widthInPixels")
    try object.encode(heightInPixels, forKey: "heightInPixels")
    try object.encodeIfPresent(pixelsPerInch, forKey: "pixelsPerInch")
  }
}

/// Params of `display.list`.
public struct DisplayListParams: Codable, Equatable, Sendable {
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

/// Result of `display.list`.
public struct DisplayListResult: Codable, Equatable, Sendable {
  /// The displays, in the order of the devices; empty when the machine has none.
  public var displays: [Display]

  public init(displays: [Display]) {
    self.displays = displays
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.displays = try object.required("displays")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(displays, forKey: "displays")
  }
}

/// Params of `display.reconfigure`.
public struct DisplayReconfigureParams: Codable, Equatable, Sendable {
  /// The machine.
  public var machine: MachineHandle
  /// Number of the display, as in display.list; 0 by default.
  public var display: UInt32?
  /// Width in pixels, 1 to 16384.
  public var widthInPixels: UInt32
  /// Height in pixels, 1 to 16384.
  public var heightInPixels: UInt32
  /// Density, 1 to 1000, of a virtual Mac's display only; as it is by default.
  public var pixelsPerInch: UInt32?

  public init(
    machine: MachineHandle,
    display: UInt32? = nil,
    widthInPixels: UInt32,
    heightInPixels: UInt32,
    pixelsPerInch: UInt32? = nil
  ) {
    self.machine = machine
    self.display = display
    self.widthInPixels = widthInPixels
    self.heightInPixels = heightInPixels
    self.pixelsPerInch = pixelsPerInch
  }

  static let wireKeys: Set<String> = ["machine", "display", "widthInPixels", "heightInPixels", "pixelsPerInch"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.machine = try object.required("machine")
    self.display = try object.optional("display")
    self.widthInPixels = try object.required("widthInPixels")
    self.heightInPixels = try object.required("heightInPixels")
    self.pixelsPerInch = try object.optional("pixelsPerInch")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(machine, forKey: "machine")
    try object.encodeIfPresent(display, forKey: "display")
    try object.encode(widthInPixels, forKey: "widthInPixels")
    try object.encode(heightInPixels, forKey: "heightInPixels")
    try object.encodeIfPresent(pixelsPerInch, forKey: "pixelsPerInch")
  }
}

/// Result of `display.reconfigure`.
public struct DisplayReconfigureResult: Codable, Equatable, Sendable, EmptyWireResult {
  public init() {}

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {}

  public func encode(to encoder: any Encoder) throws {
    _ = encoder.container(keyedBy: WireKey.self)
  }
}

/// Params of `display.screenshot`.
public struct DisplayScreenshotParams: Codable, Equatable, Sendable {
  /// The machine.
  public var machine: MachineHandle
  /// Number of the display, as in display.list; 0 by default.
  public var display: UInt32?
  /// The PNG file to make.
  public var to: PathString?
  /// Whether an existing file may be replaced; false by default.
  public var overwrite: Bool?
  /// Seconds to wait for a picture of more than one colour, 0 to 600; 10 by default. With 0 one is tried.
  public var timeout: Double?

  public init(
    machine: MachineHandle,
    display: UInt32? = nil,
    to: PathString? = nil,
    overwrite: Bool? = nil,
    timeout: Double? = nil
  ) {
    self.machine = machine
    self.display = display
    self.to = to
    self.overwrite = overwrite
    self.timeout = timeout
  }

  static let wireKeys: Set<String> = ["machine", "display", "to", "overwrite", "timeout"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.machine = try object.required("machine")
    self.display = try object.optional("display")
    self.to = try object.optional("to")
    self.overwrite = try object.optional("overwrite")
    self.timeout = try object.optional("timeout")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(machine, forKey: "machine")
    try object.encodeIfPresent(display, forKey: "display")
    try object.encodeIfPresent(to, forKey: "to")
    try object.encodeIfPresent(overwrite, forKey: "overwrite")
    try object.encodeIfPresent(timeout, forKey: "timeout")
  }
}

/// Result of `display.screenshot`.
public struct DisplayScreenshotResult: Codable, Equatable, Sendable {
  /// The file `to`. Without it, a Unix socket from which one client reads the file to its end; it waits 30 seconds for
  /// it.
  public var path: PathString
  /// Width of the picture in pixels.
  public var width: UInt32
  /// Height of the picture in pixels.
  public var height: UInt32
  /// Size of the file in bytes.
  public var size: UInt64

  public init(path: PathString, width: UInt32, height: UInt32, size: UInt64) {
    self.path = path
    self.width = width
    self.height = height
    self.size = size
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.path = try object.required("path")
    self.width = try object.required("width")
    self.height = try object.required("height")
    self.size = try object.required("size")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(path, forKey: "path")
    try object.encode(width, forKey: "width")
    try object.encode(height, forKey: "height")
    try object.encode(size, forKey: "size")
  }
}

/// What the displays of a machine show.
///
/// Called on the connection's reader thread, in the order of arrival.
public protocol DisplayRequests: AnyObject, Sendable {
  /// The displays of a machine. Before macOS 14 the framework does not tell; then they are as they were configured.
  ///
  /// Wraps `VZGraphicsDevice.displays`, `VZVirtioGraphicsDeviceConfiguration.scanouts`,
  /// `VZMacGraphicsDeviceConfiguration.displays`.
  func list(_ params: DisplayListParams, _ reply: Reply<DisplayListResult>)

  /// Asks the guest to take another size of a display, and of a virtual Mac's display another density. A request only:
  /// the guest may not obey.
  ///
  /// Wraps `VZGraphicsDisplay.reconfigure(configuration:)`. Since macOS 14.0. On Linux: On a Linux host a display keeps
  /// the size and the density it was configured with.
  func reconfigure(_ params: DisplayReconfigureParams, _ reply: Reply<DisplayReconfigureResult>)

  /// Takes a picture of what a running or paused machine shows on a display, as a PNG file of the size that the guest
  /// shows now. A picture of one colour, or with QEMU's words for a display without a guest, is not taken for one: it
  /// is tried again, ever more slowly, until the guest has drawn something or the time is up. With `to` the file
  /// appears there when it is whole; a failed or cancelled request leaves nothing behind. On macOS the helper needs a
  /// GUI session.
  ///
  /// Since macOS 12.0.
  func screenshot(_ params: DisplayScreenshotParams, _ reply: Reply<DisplayScreenshotResult>)
}
