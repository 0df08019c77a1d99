// generated from protocol/spec by scripts/generate.ts, do not edit
// swift-format-ignore-file

import Foundation

/// Names a machine of this helper; made by machine.create and never used again.
public typealias MachineHandle = String

/// The state of a machine.
///
/// Open: values that are not listed may appear.
///
/// Wraps `VZVirtualMachine.State`.
public struct MachineState: RawRepresentable, Codable, Hashable, Sendable {
  public let rawValue: String

  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// Not running.
  public static let stopped = Self(rawValue: "stopped")
  /// The guest runs.
  public static let running = Self(rawValue: "running")
  /// The guest is held; resume lets it go on.
  public static let paused = Self(rawValue: "paused")
  /// The machine failed.
  public static let error = Self(rawValue: "error")
  /// On the way to running.
  public static let starting = Self(rawValue: "starting")
  /// On the way to paused.
  public static let pausing = Self(rawValue: "pausing")
  /// On the way from paused to running.
  public static let resuming = Self(rawValue: "resuming")
  /// On the way to stopped.
  public static let stopping = Self(rawValue: "stopping")
  /// The state is being saved.
  public static let saving = Self(rawValue: "saving")
  /// The state is being restored.
  public static let restoring = Self(rawValue: "restoring")
  /// macOS is being installed.
  public static let installing = Self(rawValue: "installing")
}

/// Why a machine stopped.
///
/// Open: values that are not listed may appear.
public struct StopReason: RawRepresentable, Codable, Hashable, Sendable {
  public let rawValue: String

  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// The guest turned itself off.
  public static let guest = Self(rawValue: "guest")
  /// The guest turned itself off after machine.requestStop.
  public static let request = Self(rawValue: "request")
  /// machine.stop or the end of the helper stopped it by force.
  public static let stop = Self(rawValue: "stop")
  /// It failed; the error says why.
  public static let error = Self(rawValue: "error")
}

/// A machine of this helper.
public struct MachineSummary: Codable, Equatable, Sendable {
  /// The handle.
  public var machine: MachineHandle
  /// The name given to machine.create.
  public var name: String?
  /// The state.
  public var state: MachineState

  public init(machine: MachineHandle, name: String? = nil, state: MachineState) {
    self.machine = machine
    self.name = name
    self.state = state
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.machine = try object.required("machine")
    self.name = try object.optional("name")
    self.state = try object.required("state")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(machine, forKey: "machine")
    try object.encodeIfPresent(name, forKey: "name")
    try object.encode(state, forKey: "state")
  }
}

/// A machine that runs or is being installed on this host in a helper of this user.
public struct RunningMachine: Codable, Equatable, Sendable {
  /// Names it in its own helper.
  public var machine: MachineHandle
  /// Its name, or its handle when it has none.
  public var name: String
  /// Process id of its helper.
  public var processIdentifier: Int32
  /// The bundle that it was made from.
  public var bundle: PathString?

  public init(machine: MachineHandle, name: String, processIdentifier: Int32, bundle: PathString? = nil) {
    self.machine = machine
    self.name = name
    self.processIdentifier = processIdentifier
    self.bundle = bundle
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.machine = try object.required("machine")
    self.name = try object.required("name")
    self.processIdentifier = try object.required("processIdentifier")
    self.bundle = try object.optional("bundle")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(machine, forKey: "machine")
    try object.encode(name, forKey: "name")
    try object.encode(processIdentifier, forKey: "processIdentifier")
    try object.encodeIfPresent(bundle, forKey: "bundle")
  }
}

/// The first user of a virtual Mac with macOS 27 or later. The password is never written to a disk or a log.
///
/// Wraps `VZMacGuestProvisioningOptions`. Since macOS 27.0, Apple silicon.
public struct MacGuestProvisioning: Codable, Equatable, Sendable {
  /// The full name, without colon.
  ///
  /// Wraps `VZMacGuestProvisioningOptions.fullName`.
  public var fullName: String
  /// The account name: a to z, 0 to 9, dot, dash, underscore.
  ///
  /// Wraps `VZMacGuestProvisioningOptions.username`.
  public var username: String
  /// The password.
  ///
  /// Wraps `VZMacGuestProvisioningOptions.password`.
  public var password: String
  /// Whether the user is logged in at start-up; false by default.
  ///
  /// Wraps `VZMacGuestProvisioningOptions.logsInAutomatically`.
  public var logsInAutomatically: Bool?
  /// Whether the user may log in over SSH; false by default.
  ///
  /// Wraps `VZMacGuestProvisioningOptions.enablesRemoteLogin`.
  public var enablesRemoteLogin: Bool?

  public init(
    fullName: String,
    username: String,
    password: String,
    logsInAutomatically: Bool? = nil,
    enablesRemoteLogin: Bool? = nil
  ) {
    self.fullName = fullName
    self.username = username
    self.password = password
    self.logsInAutomatically = logsInAutomatically
    self.enablesRemoteLogin = enablesRemoteLogin
  }

  static let wireKeys: Set<String> = ["fullName", "username", "password", "logsInAutomatically", "enablesRemoteLogin"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys))
  }

  init(object: WireObject) throws {
    self.fullName = try object.required("fullName")
    self.username = try object.required("username")
    self.password = try object.required("password")
    self.logsInAutomatically = try object.optional("logsInAutomatically")
    self.enablesRemoteLogin = try object.optional("enablesRemoteLogin")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(fullName, forKey: "fullName")
    try object.encode(username, forKey: "username")
    try object.encode(password, forKey: "password")
    try object.encodeIfPresent(logsInAutomatically, forKey: "logsInAutomatically")
    try object.encodeIfPresent(enablesRemoteLogin, forKey: "enablesRemoteLogin")
  }
}

/// What an installation is doing.
///
/// Open: values that are not listed may appear.
public struct InstallPhase: RawRepresentable, Codable, Hashable, Sendable {
  public let rawValue: String

  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// The restore image is read and the machine is prepared.
  public static let preparing = Self(rawValue: "preparing")
  /// The system is being written.
  public static let installing = Self(rawValue: "installing")
  /// All is written; the installation is being completed.
  public static let finishing = Self(rawValue: "finishing")
}

/// How far an installation is. Sent when something changes and at least every second.
public struct MachineInstallProgress: Codable, Equatable, Sendable {
  /// What is being done.
  public var phase: InstallPhase
  /// How much is done, 0 to 1.
  public var fraction: Double
  /// Fraction a second, over the last seconds.
  public var rate: Double
  /// Seconds until the end at this rate; absent while nothing moves.
  public var secondsLeft: Double?
  /// Seconds since the fraction last changed.
  public var secondsSinceChange: Double
  /// Whether nothing has changed for so long that something is wrong, two minutes.
  public var isStalled: Bool

  public init(
    phase: InstallPhase,
    fraction: Double,
    rate: Double,
    secondsLeft: Double? = nil,
    secondsSinceChange: Double,
    isStalled: Bool
  ) {
    self.phase = phase
    self.fraction = fraction
    self.rate = rate
    self.secondsLeft = secondsLeft
    self.secondsSinceChange = secondsSinceChange
    self.isStalled = isStalled
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.phase = try object.required("phase")
    self.fraction = try object.required("fraction")
    self.rate = try object.required("rate")
    self.secondsLeft = try object.optional("secondsLeft")
    self.secondsSinceChange = try object.required("secondsSinceChange")
    self.isStalled = try object.required("isStalled")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(phase, forKey: "phase")
    try object.encode(fraction, forKey: "fraction")
    try object.encode(rate, forKey: "rate")
    try object.encodeIfPresent(secondsLeft, forKey: "secondsLeft")
    try object.encode(secondsSinceChange, forKey: "secondsSinceChange")
    try object.encode(isStalled, forKey: "isStalled")
  }
}

/// Params of `machine.install`.
public struct MachineInstallParams: Codable, Equatable, Sendable {
  /// The machine.
  public var machine: MachineHandle
  /// The restore image, an IPSW file.
  public var path: PathString
  /// Whether a system that is installed already may be lost; false by default. Heeded for machines of bundles.
  public var overwrite: Bool?

  public init(machine: MachineHandle, path: PathString, overwrite: Bool? = nil) {
    self.machine = machine
    self.path = path
    self.overwrite = overwrite
  }

  static let wireKeys: Set<String> = ["machine", "path", "overwrite"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.machine = try object.required("machine")
    self.path = try object.required("path")
    self.overwrite = try object.optional("overwrite")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(machine, forKey: "machine")
    try object.encode(path, forKey: "path")
    try object.encodeIfPresent(overwrite, forKey: "overwrite")
  }
}

/// Result of `machine.install`.
public struct MachineInstallResult: Codable, Equatable, Sendable {
  /// The version of macOS that was installed, such as 15.6.1.
  public var version: String
  /// Its build, such as 24G90.
  public var build: String

  public init(version: String, build: String) {
    self.version = version
    self.build = build
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.version = try object.required("version")
    self.build = try object.required("build")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(version, forKey: "version")
    try object.encode(build, forKey: "build")
  }
}

/// Params of `machine.validate`.
public struct MachineValidateParams: Codable, Equatable, Sendable {
  /// What to check.
  public var configuration: MachineConfiguration

  public init(configuration: MachineConfiguration) {
    self.configuration = configuration
  }

  static let wireKeys: Set<String> = ["configuration"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.configuration = try object.required("configuration")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(configuration, forKey: "configuration")
  }
}

/// Result of `machine.validate`.
public struct MachineValidateResult: Codable, Equatable, Sendable {
  /// Whether a machine of this configuration can be saved and restored.
  ///
  /// Wraps `VZVirtualMachineConfiguration.validateSaveRestoreSupport()`. Since macOS 14.0.
  public var canSaveAndRestore: Bool
  /// Why it cannot.
  public var saveAndRestoreReason: String?

  public init(canSaveAndRestore: Bool, saveAndRestoreReason: String? = nil) {
    self.canSaveAndRestore = canSaveAndRestore
    self.saveAndRestoreReason = saveAndRestoreReason
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.canSaveAndRestore = try object.required("canSaveAndRestore")
    self.saveAndRestoreReason = try object.optional("saveAndRestoreReason")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(canSaveAndRestore, forKey: "canSaveAndRestore")
    try object.encodeIfPresent(saveAndRestoreReason, forKey: "saveAndRestoreReason")
  }
}

/// Params of `machine.create`.
public struct MachineCreateParams: Codable, Equatable, Sendable {
  /// What the machine is made of.
  public var configuration: MachineConfiguration
  /// A name for messages and logs, 1 to 255 bytes.
  public var name: String?

  public init(configuration: MachineConfiguration, name: String? = nil) {
    self.configuration = configuration
    self.name = name
  }

  static let wireKeys: Set<String> = ["configuration", "name"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.configuration = try object.required("configuration")
    self.name = try object.optional("name")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(configuration, forKey: "configuration")
    try object.encodeIfPresent(name, forKey: "name")
  }
}

/// Result of `machine.create`.
public struct MachineCreateResult: Codable, Equatable, Sendable {
  /// The handle for all further requests.
  public var machine: MachineHandle
  /// The configuration with everything filled in that was left to the helper: machine identifier, MAC addresses, names
  /// of streams.
  public var configuration: MachineConfiguration

  public init(machine: MachineHandle, configuration: MachineConfiguration) {
    self.machine = machine
    self.configuration = configuration
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.machine = try object.required("machine")
    self.configuration = try object.required("configuration")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(machine, forKey: "machine")
    try object.encode(configuration, forKey: "configuration")
  }
}

/// Result of `machine.list`.
public struct MachineListResult: Codable, Equatable, Sendable {
  /// All machines, oldest first.
  public var machines: [MachineSummary]

  public init(machines: [MachineSummary]) {
    self.machines = machines
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.machines = try object.required("machines")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(machines, forKey: "machines")
  }
}

/// Params of `machine.start`.
public struct MachineStartParams: Codable, Equatable, Sendable {
  /// The machine.
  public var machine: MachineHandle
  /// Pauses the machine as soon as it runs; false by default.
  public var paused: Bool?
  /// Whether it may run beside a machine with the same machine identifier or MAC address, such as that of a copied
  /// bundle; false by default.
  public var allowDuplicateIdentity: Bool?
  /// Starts a virtual Mac into macOS Recovery; false by default.
  ///
  /// Wraps `VZMacOSVirtualMachineStartOptions.startUpFromMacOSRecovery`. Since macOS 13.0, Apple silicon.
  public var startUpFromMacOSRecovery: Bool?
  /// The first user of a virtual Mac; heeded only at the first start after the installation.
  ///
  /// Wraps `VZMacOSVirtualMachineStartOptions.setGuestProvisioning(_:)`. Since macOS 27.0, Apple silicon.
  public var guestProvisioning: MacGuestProvisioning?
  /// Shares by the tags of their devices, as by sharing.setShare.
  public var shares: [String: DirectoryShare]?
  /// A window to open first, as by window.open; none by default.
  public var window: StartWindow?

  public init(
    machine: MachineHandle,
    paused: Bool? = nil,
    allowDuplicateIdentity: Bool? = nil,
    startUpFromMacOSRecovery: Bool? = nil,
    guestProvisioning: MacGuestProvisioning? = nil,
    shares: [String: DirectoryShare]? = nil,
    window: StartWindow? = nil
  ) {
    self.machine = machine
    self.paused = paused
    self.allowDuplicateIdentity = allowDuplicateIdentity
    self.startUpFromMacOSRecovery = startUpFromMacOSRecovery
    self.guestProvisioning = guestProvisioning
    self.shares = shares
    self.window = window
  }

  static let wireKeys: Set<String> = [
    "machine",
    "paused",
    "allowDuplicateIdentity",
    "startUpFromMacOSRecovery",
    "guestProvisioning",
    "shares",
    "window",
  ]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.machine = try object.required("machine")
    self.paused = try object.optional("paused")
    self.allowDuplicateIdentity = try object.optional("allowDuplicateIdentity")
    self.startUpFromMacOSRecovery = try object.optional("startUpFromMacOSRecovery")
    self.guestProvisioning = try object.optional("guestProvisioning")
    self.shares = try object.optional("shares")
    self.window = try object.optional("window")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(machine, forKey: "machine")
    try object.encodeIfPresent(paused, forKey: "paused")
    try object.encodeIfPresent(allowDuplicateIdentity, forKey: "allowDuplicateIdentity")
    try object.encodeIfPresent(startUpFromMacOSRecovery, forKey: "startUpFromMacOSRecovery")
    try object.encodeIfPresent(guestProvisioning, forKey: "guestProvisioning")
    try object.encodeIfPresent(shares, forKey: "shares")
    try object.encodeIfPresent(window, forKey: "window")
  }
}

/// Result of `machine.start`.
public struct MachineStartResult: Codable, Equatable, Sendable {
  /// Why there is no window, when one that is not required cannot be opened.
  public var noWindowReason: String?

  public init(noWindowReason: String? = nil) {
    self.noWindowReason = noWindowReason
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.noWindowReason = try object.optional("noWindowReason")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encodeIfPresent(noWindowReason, forKey: "noWindowReason")
  }
}

/// Params of `machine.pause`.
public struct MachinePauseParams: Codable, Equatable, Sendable {
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

/// Result of `machine.pause`.
public struct MachinePauseResult: Codable, Equatable, Sendable, EmptyWireResult {
  public init() {}

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {}

  public func encode(to encoder: any Encoder) throws {
    _ = encoder.container(keyedBy: WireKey.self)
  }
}

/// Params of `machine.resume`.
public struct MachineResumeParams: Codable, Equatable, Sendable {
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

/// Result of `machine.resume`.
public struct MachineResumeResult: Codable, Equatable, Sendable, EmptyWireResult {
  public init() {}

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {}

  public func encode(to encoder: any Encoder) throws {
    _ = encoder.container(keyedBy: WireKey.self)
  }
}

/// Params of `machine.requestStop`.
public struct MachineRequestStopParams: Codable, Equatable, Sendable {
  /// The machine.
  public var machine: MachineHandle
  /// Seconds after which a guest that still runs is stopped by force, 0 to 86400; never by default.
  public var stopAfter: Double?

  public init(machine: MachineHandle, stopAfter: Double? = nil) {
    self.machine = machine
    self.stopAfter = stopAfter
  }

  static let wireKeys: Set<String> = ["machine", "stopAfter"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.machine = try object.required("machine")
    self.stopAfter = try object.optional("stopAfter")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(machine, forKey: "machine")
    try object.encodeIfPresent(stopAfter, forKey: "stopAfter")
  }
}

/// Result of `machine.requestStop`.
public struct MachineRequestStopResult: Codable, Equatable, Sendable, EmptyWireResult {
  public init() {}

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {}

  public func encode(to encoder: any Encoder) throws {
    _ = encoder.container(keyedBy: WireKey.self)
  }
}

/// Params of `machine.stop`.
public struct MachineStopParams: Codable, Equatable, Sendable {
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

/// Result of `machine.stop`.
public struct MachineStopResult: Codable, Equatable, Sendable, EmptyWireResult {
  public init() {}

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {}

  public func encode(to encoder: any Encoder) throws {
    _ = encoder.container(keyedBy: WireKey.self)
  }
}

/// Params of `machine.state`.
public struct MachineStateParams: Codable, Equatable, Sendable {
  /// The machine.
  public var machine: MachineHandle
  /// Asks the hypervisor itself, not the last known state; false by default.
  public var live: Bool?

  public init(machine: MachineHandle, live: Bool? = nil) {
    self.machine = machine
    self.live = live
  }

  static let wireKeys: Set<String> = ["machine", "live"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.machine = try object.required("machine")
    self.live = try object.optional("live")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(machine, forKey: "machine")
    try object.encodeIfPresent(live, forKey: "live")
  }
}

/// Result of `machine.state`.
public struct MachineStateResult: Codable, Equatable, Sendable {
  /// The state.
  public var state: MachineState
  /// Whether start is allowed now.
  ///
  /// Wraps `VZVirtualMachine.canStart`.
  public var canStart: Bool
  /// Whether pause is allowed now.
  ///
  /// Wraps `VZVirtualMachine.canPause`.
  public var canPause: Bool
  /// Whether resume is allowed now.
  ///
  /// Wraps `VZVirtualMachine.canResume`.
  public var canResume: Bool
  /// Whether stop is allowed now.
  ///
  /// Wraps `VZVirtualMachine.canStop`. Since macOS 12.0.
  public var canStop: Bool
  /// Whether requestStop is allowed now.
  ///
  /// Wraps `VZVirtualMachine.canRequestStop`.
  public var canRequestStop: Bool
  /// With live: the hypervisor's own word for the state, where it has one.
  public var hypervisorStatus: String?
  /// With live: whether the hypervisor answered within two seconds, where it can be asked.
  public var isHypervisorResponding: Bool?
  /// Why the machine is paused without having been asked to: outOfDiskSpace when the host's volume under a disk is
  /// full. Resume lets the guest go on.
  public var pauseError: ErrorInfo?
  /// Process id of the program that runs the guest, where there is one.
  public var hypervisorProcessIdentifier: Int32?

  public init(
    state: MachineState,
    canStart: Bool,
    canPause: Bool,
    canResume: Bool,
    canStop: Bool,
    canRequestStop: Bool,
    hypervisorStatus: String? = nil,
    isHypervisorResponding: Bool? = nil,
    pauseError: ErrorInfo? = nil,
    hypervisorProcessIdentifier: Int32? = nil
  ) {
    self.state = state
    self.canStart = canStart
    self.canPause = canPause
    self.canResume = canResume
    self.canStop = canStop
    self.canRequestStop = canRequestStop
    self.hypervisorStatus = hypervisorStatus
    self.isHypervisorResponding = isHypervisorResponding
    self.pauseError = pauseError
    self.hypervisorProcessIdentifier = hypervisorProcessIdentifier
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.state = try object.required("state")
    self.canStart = try object.required("canStart")
    self.canPause = try object.required("canPause")
    self.canResume = try object.required("canResume")
    self.canStop = try object.required("canStop")
    self.canRequestStop = try object.required("canRequestStop")
    self.hypervisorStatus = try object.optional("hypervisorStatus")
    self.isHypervisorResponding = try object.optional("isHypervisorResponding")
    self.pauseError = try object.optional("pauseError")
    self.hypervisorProcessIdentifier = try object.optional("hypervisorProcessIdentifier")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(state, forKey: "state")
    try object.encode(canStart, forKey: "canStart")
    try object.encode(canPause, forKey: "canPause")
    try object.encode(canResume, forKey: "canResume")
    try object.encode(canStop, forKey: "canStop")
    try object.encode(canRequestStop, forKey: "canRequestStop")
    try object.encodeIfPresent(hypervisorStatus, forKey: "hypervisorStatus")
    try object.encodeIfPresent(isHypervisorResponding, forKey: "isHypervisorResponding")
    try object.encodeIfPresent(pauseError, forKey: "pauseError")
    try object.encodeIfPresent(hypervisorProcessIdentifier, forKey: "hypervisorProcessIdentifier")
  }
}

/// Params of `machine.dispose`.
public struct MachineDisposeParams: Codable, Equatable, Sendable {
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

/// Result of `machine.dispose`.
public struct MachineDisposeResult: Codable, Equatable, Sendable, EmptyWireResult {
  public init() {}

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {}

  public func encode(to encoder: any Encoder) throws {
    _ = encoder.container(keyedBy: WireKey.self)
  }
}

/// The state of a machine changed. Sent in order, every step included.
///
/// Params of the event `machine.stateChanged`.
public struct MachineStateChangedEvent: Codable, Equatable, Sendable, WireEvent {
  public static let method = "machine.stateChanged"

  /// The machine.
  public var machine: MachineHandle
  /// The new state.
  public var state: MachineState
  /// The state before.
  public var previousState: MachineState
  /// Why the hypervisor holds the guest by itself, when the new state is paused and nobody asked for it: outOfDiskSpace
  /// when the host's volume under a disk is full. Make room, then resume; nothing is lost. On macOS the guest gets the
  /// error of its disk instead.
  public var pauseError: ErrorInfo?

  public init(machine: MachineHandle, state: MachineState, previousState: MachineState, pauseError: ErrorInfo? = nil) {
    self.machine = machine
    self.state = state
    self.previousState = previousState
    self.pauseError = pauseError
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.machine = try object.required("machine")
    self.state = try object.required("state")
    self.previousState = try object.required("previousState")
    self.pauseError = try object.optional("pauseError")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(machine, forKey: "machine")
    try object.encode(state, forKey: "state")
    try object.encode(previousState, forKey: "previousState")
    try object.encodeIfPresent(pauseError, forKey: "pauseError")
  }
}

/// A machine stopped. Sent once for each start, after the last stateChanged.
///
/// Params of the event `machine.stopped`.
///
/// Wraps `VZVirtualMachineDelegate.guestDidStop(_:)`, `VZVirtualMachineDelegate.virtualMachine(_:didStopWithError:)`.
public struct MachineStoppedEvent: Codable, Equatable, Sendable, WireEvent {
  public static let method = "machine.stopped"

  /// The machine.
  public var machine: MachineHandle
  /// Why it stopped.
  public var reason: StopReason
  /// What went wrong.
  public var error: ErrorInfo?

  public init(machine: MachineHandle, reason: StopReason, error: ErrorInfo? = nil) {
    self.machine = machine
    self.reason = reason
    self.error = error
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.machine = try object.required("machine")
    self.reason = try object.required("reason")
    self.error = try object.optional("error")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(machine, forKey: "machine")
    try object.encode(reason, forKey: "reason")
    try object.encodeIfPresent(error, forKey: "error")
  }
}

/// Virtual machines. Requests for one machine are carried out in the order they arrive; machines do not wait for each
/// other.
///
/// Called on the connection's reader thread, in the order of arrival.
public protocol MachineRequests: AnyObject, Sendable {
  /// Installs macOS from a local restore image onto the first disk of a stopped virtual Mac; answers when it is done
  /// and the machine is stopped. Cancelling the request, stopping or disposing of the machine end it. After an error
  /// the disk holds no system; install again. A machine of a bundle is marked: it starts only when its installation is
  /// complete, and is installed again only when told to.
  ///
  /// Wraps `VZMacOSInstaller`. Since macOS 12.0, Apple silicon. On Linux: Only with the stand-in Mac
  /// (VZKIT_STANDIN_MAC=1); macOS itself needs Apple silicon.
  func install(_ params: MachineInstallParams, _ reply: Reply<MachineInstallResult>)

  /// Checks a configuration against the framework's rules, without making anything. A broken rule is the error
  /// invalidConfiguration or the more special one.
  ///
  /// Wraps `VZVirtualMachineConfiguration.validate()`.
  func validate(_ params: MachineValidateParams, _ reply: Reply<MachineValidateResult>)

  /// Makes a machine from a configuration; it is not started. The machine lives until dispose or the end of the helper.
  ///
  /// Wraps `VZVirtualMachine.init(configuration:queue:)`.
  func create(_ params: MachineCreateParams, _ reply: Reply<MachineCreateResult>)

  /// The machines of this helper.
  func list(_ reply: Reply<MachineListResult>)

  /// Starts a stopped machine; answers when it runs. A machine whose machine identifier or one of whose MAC addresses a
  /// running machine of this user has, in this helper or another, is refused with identityInUse. Shares and window are
  /// part of the start: when it fails, the shares are what they were, and no window stays open.
  ///
  /// Wraps `VZVirtualMachine.start(completionHandler:)`.
  func start(_ params: MachineStartParams, _ reply: Reply<MachineStartResult>)

  /// Holds a running machine; answers when it is paused. The guest's clock stands still meanwhile and is late by that
  /// time afterwards, until the guest sets it anew, from a time server or from its hardware clock, which goes on.
  ///
  /// Wraps `VZVirtualMachine.pause(completionHandler:)`.
  func pause(_ params: MachinePauseParams, _ reply: Reply<MachinePauseResult>)

  /// Lets a paused machine go on; answers when it runs. One that is paused with a pauseError is paused again when the
  /// cause is still there.
  ///
  /// Wraps `VZVirtualMachine.resume(completionHandler:)`.
  func resume(_ params: MachineResumeParams, _ reply: Reply<MachineResumeResult>)

  /// Presses the guest's power button. Answers when the request is made; the event machine.stopped tells when the guest
  /// has turned itself off. With stopAfter it is pressed again every few seconds until then, since a guest that is
  /// still starting does not hear it.
  ///
  /// Wraps `VZVirtualMachine.requestStop()`.
  func requestStop(_ params: MachineRequestStopParams, _ reply: Reply<MachineRequestStopResult>)

  /// Stops a running or paused machine at once; the guest is not asked and can lose data. Answers when it is stopped.
  ///
  /// Wraps `VZVirtualMachine.stop(completionHandler:)`.
  func stop(_ params: MachineStopParams, _ reply: Reply<MachineStopResult>)

  /// The state of a machine and what can be done with it.
  ///
  /// Wraps `VZVirtualMachine.state`.
  func state(_ params: MachineStateParams, _ reply: Reply<MachineStateResult>)

  /// Forgets a machine, after stopping it by force if it still runs. Its sockets close and its locks are freed. Disk
  /// images stay.
  func dispose(_ params: MachineDisposeParams, _ reply: Reply<MachineDisposeResult>)
}

extension Reply where Result == MachineInstallResult {
  /// Tells the caller how far `machine.install` is, if the caller asked for it.
  public func progress(_ value: MachineInstallProgress) {
    reportProgress(value)
  }
}
