// generated from protocol/spec by scripts/generate.ts, do not edit
// swift-format-ignore-file

import Foundation

/// A virtual Mac. Hardware model, machine identifier and auxiliary storage belong to the machine's disk and are kept
/// with it.
///
/// Wraps `VZMacPlatformConfiguration`. Since macOS 12.0, Apple silicon. On Linux: Only with the stand-in Mac
/// (VZKIT_STANDIN_MAC=1); macOS itself needs Apple silicon.
public struct MacPlatform: Codable, Equatable, Sendable {
  /// The data representation of the hardware model, as the restore image's requirements give it.
  ///
  /// Wraps `VZMacPlatformConfiguration.hardwareModel`.
  public var hardwareModel: Data
  /// The data representation of the machine identifier; a new one is made when absent.
  ///
  /// Wraps `VZMacPlatformConfiguration.machineIdentifier`.
  public var machineIdentifier: Data?
  /// The file of the auxiliary storage, made by mac.createAuxiliaryStorage for the same hardware model.
  ///
  /// Wraps `VZMacPlatformConfiguration.auxiliaryStorage`.
  public var auxiliaryStoragePath: PathString

  public init(hardwareModel: Data, machineIdentifier: Data? = nil, auxiliaryStoragePath: PathString) {
    self.hardwareModel = hardwareModel
    self.machineIdentifier = machineIdentifier
    self.auxiliaryStoragePath = auxiliaryStoragePath
  }

  static let wireKeys: Set<String> = ["hardwareModel", "machineIdentifier", "auxiliaryStoragePath"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys))
  }

  init(object: WireObject) throws {
    self.hardwareModel = try object.required("hardwareModel")
    self.machineIdentifier = try object.optional("machineIdentifier")
    self.auxiliaryStoragePath = try object.required("auxiliaryStoragePath")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(hardwareModel, forKey: "hardwareModel")
    try object.encodeIfPresent(machineIdentifier, forKey: "machineIdentifier")
    try object.encode(auxiliaryStoragePath, forKey: "auxiliaryStoragePath")
  }
}

/// Boots macOS from the first storage device.
///
/// Wraps `VZMacOSBootLoader`. Since macOS 12.0, Apple silicon. On Linux: Only with the stand-in Mac
/// (VZKIT_STANDIN_MAC=1); macOS itself needs Apple silicon.
public struct MacOSBootLoader: Codable, Equatable, Sendable {
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

/// A graphics device.
public enum GraphicsDevice: Codable, Equatable, Sendable {
  /// The accelerated graphics device of a virtual Mac.
  case mac(MacGraphicsDevice)
  /// A Virtio graphics device, for guests other than macOS.
  case virtio(VirtioGraphicsDevice)

  static let variants = ["mac", "virtio"]

  public init(from decoder: any Decoder) throws {
    let object = try WireObject(decoder)
    let tag: String = try object.required("kind")
    switch tag {
    case "mac":
      try object.refuseUnknownKeys(MacGraphicsDevice.wireKeys, and: "kind")
      self = .mac(try MacGraphicsDevice(object: object))
    case "virtio":
      try object.refuseUnknownKeys(VirtioGraphicsDevice.wireKeys, and: "kind")
      self = .virtio(try VirtioGraphicsDevice(object: object))
    default: throw object.unknownVariant(tag, key: "kind", of: Self.variants)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    switch self {
    case .mac(let value):
      try object.encode("mac", forKey: "kind")
      try value.encode(to: encoder)
    case .virtio(let value):
      try object.encode("virtio", forKey: "kind")
      try value.encode(to: encoder)
    }
  }
}

/// A Virtio graphics device, for guests other than macOS.
///
/// Wraps `VZVirtioGraphicsDeviceConfiguration`. Since macOS 13.0.
public struct VirtioGraphicsDevice: Codable, Equatable, Sendable {
  /// The displays, at most one.
  ///
  /// Wraps `VZVirtioGraphicsDeviceConfiguration.scanouts`.
  public var scanouts: [VirtioGraphicsScanout]

  public init(scanouts: [VirtioGraphicsScanout]) {
    self.scanouts = scanouts
  }

  static let wireKeys: Set<String> = ["scanouts"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys))
  }

  init(object: WireObject) throws {
    self.scanouts = try object.required("scanouts")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(scanouts, forKey: "scanouts")
  }
}

/// A display of a Virtio graphics device.
///
/// Wraps `VZVirtioGraphicsScanoutConfiguration`.
public struct VirtioGraphicsScanout: Codable, Equatable, Sendable {
  /// Width in pixels, 1 to 16384.
  ///
  /// Wraps `VZVirtioGraphicsScanoutConfiguration.widthInPixels`.
  public var widthInPixels: UInt32
  /// Height in pixels, 1 to 16384.
  ///
  /// Wraps `VZVirtioGraphicsScanoutConfiguration.heightInPixels`.
  public var heightInPixels: UInt32

  public init(widthInPixels: UInt32, heightInPixels: UInt32) {
    self.widthInPixels = widthInPixels
    self.heightInPixels = heightInPixels
  }

  static let wireKeys: Set<String> = ["widthInPixels", "heightInPixels"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys))
  }

  init(object: WireObject) throws {
    self.widthInPixels = try object.required("widthInPixels")
    self.heightInPixels = try object.required("heightInPixels")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(widthInPixels, forKey: "widthInPixels")
    try object.encode(heightInPixels, forKey: "heightInPixels")
  }
}

/// The accelerated graphics device of a virtual Mac.
///
/// Wraps `VZMacGraphicsDeviceConfiguration`. Since macOS 12.0, Apple silicon. On Linux: Only with the stand-in Mac
/// (VZKIT_STANDIN_MAC=1); macOS itself needs Apple silicon.
public struct MacGraphicsDevice: Codable, Equatable, Sendable {
  /// At most one display.
  ///
  /// Wraps `VZMacGraphicsDeviceConfiguration.displays`.
  public var displays: [MacGraphicsDisplay]

  public init(displays: [MacGraphicsDisplay]) {
    self.displays = displays
  }

  static let wireKeys: Set<String> = ["displays"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys))
  }

  init(object: WireObject) throws {
    self.displays = try object.required("displays")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(displays, forKey: "displays")
  }
}

/// A display of a virtual Mac.
///
/// Wraps `VZMacGraphicsDisplayConfiguration`. Since macOS 12.0, Apple silicon.
public struct MacGraphicsDisplay: Codable, Equatable, Sendable {
  /// Width in pixels, 1 to 16384.
  ///
  /// Wraps `VZMacGraphicsDisplayConfiguration.widthInPixels`.
  public var widthInPixels: UInt32
  /// Height in pixels, 1 to 16384.
  ///
  /// Wraps `VZMacGraphicsDisplayConfiguration.heightInPixels`.
  public var heightInPixels: UInt32
  /// Density, 1 to 1000; 80 by default. Guests scale by two from about 200 on.
  ///
  /// Wraps `VZMacGraphicsDisplayConfiguration.pixelsPerInch`.
  public var pixelsPerInch: UInt32?

  public init(widthInPixels: UInt32, heightInPixels: UInt32, pixelsPerInch: UInt32? = nil) {
    self.widthInPixels = widthInPixels
    self.heightInPixels = heightInPixels
    self.pixelsPerInch = pixelsPerInch
  }

  static let wireKeys: Set<String> = ["widthInPixels", "heightInPixels", "pixelsPerInch"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys))
  }

  init(object: WireObject) throws {
    self.widthInPixels = try object.required("widthInPixels")
    self.heightInPixels = try object.required("heightInPixels")
    self.pixelsPerInch = try object.optional("pixelsPerInch")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(widthInPixels, forKey: "widthInPixels")
    try object.encode(heightInPixels, forKey: "heightInPixels")
    try object.encodeIfPresent(pixelsPerInch, forKey: "pixelsPerInch")
  }
}

/// A keyboard.
public enum Keyboard: Codable, Equatable, Sendable {
  /// A USB keyboard.
  case usb(USBKeyboard)
  /// A keyboard of a virtual Mac, with the globe key; guests before macOS 13 see only a USB keyboard.
  case mac(MacKeyboard)

  static let variants = ["usb", "mac"]

  public init(from decoder: any Decoder) throws {
    let object = try WireObject(decoder)
    let tag: String = try object.required("kind")
    switch tag {
    case "usb":
      try object.refuseUnknownKeys(USBKeyboard.wireKeys, and: "kind")
      self = .usb(try USBKeyboard(object: object))
    case "mac":
      try object.refuseUnknownKeys(MacKeyboard.wireKeys, and: "kind")
      self = .mac(try MacKeyboard(object: object))
    default: throw object.unknownVariant(tag, key: "kind", of: Self.variants)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    switch self {
    case .usb(let value):
      try object.encode("usb", forKey: "kind")
      try value.encode(to: encoder)
    case .mac(let value):
      try object.encode("mac", forKey: "kind")
      try value.encode(to: encoder)
    }
  }
}

/// A USB keyboard.
///
/// Wraps `VZUSBKeyboardConfiguration`. Since macOS 12.0.
public struct USBKeyboard: Codable, Equatable, Sendable {
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

/// A keyboard of a virtual Mac, with the globe key; guests before macOS 13 see only a USB keyboard.
///
/// Wraps `VZMacKeyboardConfiguration`. Since macOS 14.0, Apple silicon. On Linux: Only with the stand-in Mac
/// (VZKIT_STANDIN_MAC=1); macOS itself needs Apple silicon.
public struct MacKeyboard: Codable, Equatable, Sendable {
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

/// A pointing device.
public enum PointingDevice: Codable, Equatable, Sendable {
  /// A USB pointing device that reports where on the screen it points.
  case usbScreenCoordinate(USBScreenCoordinatePointingDevice)
  /// A trackpad of a virtual Mac, with gestures; guests before macOS 13 see only a USB pointing device.
  case macTrackpad(MacTrackpad)

  static let variants = ["usbScreenCoordinate", "macTrackpad"]

  public init(from decoder: any Decoder) throws {
    let object = try WireObject(decoder)
    let tag: String = try object.required("kind")
    switch tag {
    case "usbScreenCoordinate":
      try object.refuseUnknownKeys(USBScreenCoordinatePointingDevice.wireKeys, and: "kind")
      self = .usbScreenCoordinate(try USBScreenCoordinatePointingDevice(object: object))
    case "macTrackpad":
      try object.refuseUnknownKeys(MacTrackpad.wireKeys, and: "kind")
      self = .macTrackpad(try MacTrackpad(object: object))
    default: throw object.unknownVariant(tag, key: "kind", of: Self.variants)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    switch self {
    case .usbScreenCoordinate(let value):
      try object.encode("usbScreenCoordinate", forKey: "kind")
      try value.encode(to: encoder)
    case .macTrackpad(let value):
      try object.encode("macTrackpad", forKey: "kind")
      try value.encode(to: encoder)
    }
  }
}

/// A USB pointing device that reports where on the screen it points.
///
/// Wraps `VZUSBScreenCoordinatePointingDeviceConfiguration`. Since macOS 12.0.
public struct USBScreenCoordinatePointingDevice: Codable, Equatable, Sendable {
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

/// A trackpad of a virtual Mac, with gestures; guests before macOS 13 see only a USB pointing device.
///
/// Wraps `VZMacTrackpadConfiguration`. Since macOS 13.0, Apple silicon. On Linux: Only with the stand-in Mac
/// (VZKIT_STANDIN_MAC=1); macOS itself needs Apple silicon.
public struct MacTrackpad: Codable, Equatable, Sendable {
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

/// A sound device.
public enum AudioDevice: Codable, Equatable, Sendable {
  /// A Virtio sound device.
  case virtioSound(VirtioSoundDevice)

  static let variants = ["virtioSound"]

  public init(from decoder: any Decoder) throws {
    let object = try WireObject(decoder)
    let tag: String = try object.required("kind")
    switch tag {
    case "virtioSound":
      try object.refuseUnknownKeys(VirtioSoundDevice.wireKeys, and: "kind")
      self = .virtioSound(try VirtioSoundDevice(object: object))
    default: throw object.unknownVariant(tag, key: "kind", of: Self.variants)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    switch self {
    case .virtioSound(let value):
      try object.encode("virtioSound", forKey: "kind")
      try value.encode(to: encoder)
    }
  }
}

/// A Virtio sound device.
///
/// Wraps `VZVirtioSoundDeviceConfiguration`. Since macOS 12.0.
public struct VirtioSoundDevice: Codable, Equatable, Sendable {
  /// Whether the guest's sound goes to the host's output; true by default.
  ///
  /// Wraps `VZVirtioSoundDeviceOutputStreamConfiguration`.
  public var output: Bool?
  /// Whether the guest hears the host's input, for which macOS asks the user; false by default.
  ///
  /// Wraps `VZVirtioSoundDeviceInputStreamConfiguration`.
  public var input: Bool?

  public init(output: Bool? = nil, input: Bool? = nil) {
    self.output = output
    self.input = input
  }

  static let wireKeys: Set<String> = ["output", "input"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys))
  }

  init(object: WireObject) throws {
    self.output = try object.optional("output")
    self.input = try object.optional("input")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encodeIfPresent(output, forKey: "output")
    try object.encodeIfPresent(input, forKey: "input")
  }
}

/// Params of `mac.createAuxiliaryStorage`.
public struct MacCreateAuxiliaryStorageParams: Codable, Equatable, Sendable {
  /// The file to make.
  public var path: PathString
  /// The data representation of the hardware model.
  public var hardwareModel: Data
  /// Whether an existing file may be replaced; false by default.
  public var overwrite: Bool?

  public init(path: PathString, hardwareModel: Data, overwrite: Bool? = nil) {
    self.path = path
    self.hardwareModel = hardwareModel
    self.overwrite = overwrite
  }

  static let wireKeys: Set<String> = ["path", "hardwareModel", "overwrite"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.path = try object.required("path")
    self.hardwareModel = try object.required("hardwareModel")
    self.overwrite = try object.optional("overwrite")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(path, forKey: "path")
    try object.encode(hardwareModel, forKey: "hardwareModel")
    try object.encodeIfPresent(overwrite, forKey: "overwrite")
  }
}

/// Result of `mac.createAuxiliaryStorage`.
public struct MacCreateAuxiliaryStorageResult: Codable, Equatable, Sendable {
  /// The file.
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

/// Result of `mac.createMachineIdentifier`.
public struct MacCreateMachineIdentifierResult: Codable, Equatable, Sendable {
  /// Its data representation.
  public var machineIdentifier: Data

  public init(machineIdentifier: Data) {
    self.machineIdentifier = machineIdentifier
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.machineIdentifier = try object.required("machineIdentifier")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(machineIdentifier, forKey: "machineIdentifier")
  }
}

/// Virtual Macs, their platform, boot loader and devices.
///
/// Called on the connection's reader thread, in the order of arrival.
public protocol MacRequests: AnyObject, Sendable {
  /// Makes the file in which a virtual Mac's firmware keeps what it stores, empty and for one hardware model.
  ///
  /// Wraps `VZMacAuxiliaryStorage.init(creatingStorageAt:hardwareModel:options:)`. Since macOS 12.0, Apple silicon.
  func createAuxiliaryStorage(_ params: MacCreateAuxiliaryStorageParams, _ reply: Reply<MacCreateAuxiliaryStorageResult>)

  /// Makes a new machine identifier, different from all others.
  ///
  /// Wraps `VZMacMachineIdentifier.init()`. Since macOS 12.0, Apple silicon.
  func createMachineIdentifier(_ reply: Reply<MacCreateMachineIdentifierResult>)
}
