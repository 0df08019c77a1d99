// generated from protocol/spec by scripts/generate.ts, do not edit
// swift-format-ignore-file

import Foundation

/// What runs the guests on this host.
public struct Hypervisor: Codable, Equatable, Sendable {
  /// The program or framework.
  public var name: HypervisorName
  /// Its version, where there is one to ask.
  public var version: String?
  /// The program's path, for a hypervisor that is a program.
  public var path: PathString?
  /// How guest instructions are executed.
  public var accelerator: Accelerator
  /// Why this accelerator was chosen.
  public var acceleratorReason: String

  public init(
    name: HypervisorName,
    version: String? = nil,
    path: PathString? = nil,
    accelerator: Accelerator,
    acceleratorReason: String
  ) {
    self.name = name
    self.version = version
    self.path = path
    self.accelerator = accelerator
    self.acceleratorReason = acceleratorReason
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.name = try object.required("name")
    self.version = try object.optional("version")
    self.path = try object.optional("path")
    self.accelerator = try object.required("accelerator")
    self.acceleratorReason = try object.required("acceleratorReason")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(name, forKey: "name")
    try object.encodeIfPresent(version, forKey: "version")
    try object.encodeIfPresent(path, forKey: "path")
    try object.encode(accelerator, forKey: "accelerator")
    try object.encode(acceleratorReason, forKey: "acceleratorReason")
  }
}

/// The program or framework that runs guests.
///
/// Open: values that are not listed may appear.
public struct HypervisorName: RawRepresentable, Codable, Hashable, Sendable {
  public let rawValue: String

  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// Apple's Virtualization framework.
  public static let virtualizationFramework = Self(rawValue: "virtualizationFramework")
  /// QEMU behind the Linux module.
  public static let qemu = Self(rawValue: "qemu")
}

/// How guest instructions are executed.
///
/// Open: values that are not listed may appear.
public struct Accelerator: RawRepresentable, Codable, Hashable, Sendable {
  public let rawValue: String

  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// The processor's virtualization extensions through macOS.
  public static let hardware = Self(rawValue: "hardware")
  /// The processor's virtualization extensions through Linux KVM.
  public static let kvm = Self(rawValue: "kvm")
  /// QEMU's translator: every instruction in software, tens of times slower.
  public static let tcg = Self(rawValue: "tcg")
  /// Guests cannot run here.
  public static let none = Self(rawValue: "none")
}

/// Facts about the host.
public struct HostDescription: Codable, Equatable, Sendable {
  /// macOS or Linux.
  public var os: String
  /// Version of the operating system, such as 15.6.1 or Debian GNU/Linux 12.
  public var osVersion: String
  /// arm64 or x86_64.
  public var architecture: String
  /// Processors that are on line.
  public var processorCount: UInt32
  /// Memory of the host in bytes.
  public var memorySize: UInt64
  /// Whether guests can run here.
  ///
  /// Wraps `VZVirtualMachine.isSupported`.
  public var isVirtualizationSupported: Bool
  /// Why guests cannot run, and what to do about it.
  public var unsupportedReason: String?
  /// What runs the guests.
  public var hypervisor: Hypervisor
  /// Present when virtual Macs are not macOS here but the stand-in for tests; a sentence to show to people.
  public var standInNotice: String?

  public init(
    os: String,
    osVersion: String,
    architecture: String,
    processorCount: UInt32,
    memorySize: UInt64,
    isVirtualizationSupported: Bool,
    unsupportedReason: String? = nil,
    hypervisor: Hypervisor,
    standInNotice: String? = nil
  ) {
    self.os = os
    self.osVersion = osVersion
    self.architecture = architecture
    self.processorCount = processorCount
    self.memorySize = memorySize
    self.isVirtualizationSupported = isVirtualizationSupported
    self.unsupportedReason = unsupportedReason
    self.hypervisor = hypervisor
    self.standInNotice = standInNotice
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.os = try object.required("os")
    self.osVersion = try object.required("osVersion")
    self.architecture = try object.required("architecture")
    self.processorCount = try object.required("processorCount")
    self.memorySize = try object.required("memorySize")
    self.isVirtualizationSupported = try object.required("isVirtualizationSupported")
    self.unsupportedReason = try object.optional("unsupportedReason")
    self.hypervisor = try object.required("hypervisor")
    self.standInNotice = try object.optional("standInNotice")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(os, forKey: "os")
    try object.encode(osVersion, forKey: "osVersion")
    try object.encode(architecture, forKey: "architecture")
    try object.encode(processorCount, forKey: "processorCount")
    try object.encode(memorySize, forKey: "memorySize")
    try object.encode(isVirtualizationSupported, forKey: "isVirtualizationSupported")
    try object.encodeIfPresent(unsupportedReason, forKey: "unsupportedReason")
    try object.encode(hypervisor, forKey: "hypervisor")
    try object.encodeIfPresent(standInNotice, forKey: "standInNotice")
  }
}

/// Bounds of configurations and messages.
public struct HostLimits: Codable, Equatable, Sendable {
  /// Fewest virtual CPUs.
  ///
  /// Wraps `VZVirtualMachineConfiguration.minimumAllowedCPUCount`.
  public var minimumCPUCount: UInt32
  /// Most virtual CPUs.
  ///
  /// Wraps `VZVirtualMachineConfiguration.maximumAllowedCPUCount`.
  public var maximumCPUCount: UInt32
  /// Least guest memory in bytes.
  ///
  /// Wraps `VZVirtualMachineConfiguration.minimumAllowedMemorySize`.
  public var minimumMemorySize: UInt64
  /// Most guest memory in bytes.
  ///
  /// Wraps `VZVirtualMachineConfiguration.maximumAllowedMemorySize`.
  public var maximumMemorySize: UInt64
  /// Largest message in bytes.
  public var maximumFrameSize: UInt64
  /// Requests that a connection may have open at once.
  public var maximumRequestsInFlight: UInt32
  /// Longest path of a Unix socket in bytes.
  public var maximumSocketPathLength: UInt32

  public init(
    minimumCPUCount: UInt32,
    maximumCPUCount: UInt32,
    minimumMemorySize: UInt64,
    maximumMemorySize: UInt64,
    maximumFrameSize: UInt64,
    maximumRequestsInFlight: UInt32,
    maximumSocketPathLength: UInt32
  ) {
    self.minimumCPUCount = minimumCPUCount
    self.maximumCPUCount = maximumCPUCount
    self.minimumMemorySize = minimumMemorySize
    self.maximumMemorySize = maximumMemorySize
    self.maximumFrameSize = maximumFrameSize
    self.maximumRequestsInFlight = maximumRequestsInFlight
    self.maximumSocketPathLength = maximumSocketPathLength
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.minimumCPUCount = try object.required("minimumCPUCount")
    self.maximumCPUCount = try object.required("maximumCPUCount")
    self.minimumMemorySize = try object.required("minimumMemorySize")
    self.maximumMemorySize = try object.required("maximumMemorySize")
    self.maximumFrameSize = try object.required("maximumFrameSize")
    self.maximumRequestsInFlight = try object.required("maximumRequestsInFlight")
    self.maximumSocketPathLength = try object.required("maximumSocketPathLength")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(minimumCPUCount, forKey: "minimumCPUCount")
    try object.encode(maximumCPUCount, forKey: "maximumCPUCount")
    try object.encode(minimumMemorySize, forKey: "minimumMemorySize")
    try object.encode(maximumMemorySize, forKey: "maximumMemorySize")
    try object.encode(maximumFrameSize, forKey: "maximumFrameSize")
    try object.encode(maximumRequestsInFlight, forKey: "maximumRequestsInFlight")
    try object.encode(maximumSocketPathLength, forKey: "maximumSocketPathLength")
  }
}

/// Names a fact that decides whether guests run on a host.
///
/// Open: values that are not listed may appear.
public struct HostFactIdentifier: RawRepresentable, Codable, Hashable, Sendable {
  public let rawValue: String

  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// The processor: virtual Macs need Apple silicon.
  public static let processor = Self(rawValue: "processor")
  /// Version of the operating system.
  public static let operatingSystem = Self(rawValue: "operatingSystem")
  /// Whether the host runs guests at all.
  public static let virtualization = Self(rawValue: "virtualization")
  /// Whether this helper's own signature carries com.apple.security.virtualization.
  public static let entitlement = Self(rawValue: "entitlement")
  /// Whether windows can be shown and displays seen.
  public static let guiSession = Self(rawValue: "guiSession")
  /// Whether the user's keychain is unlocked: guests with macOS 15 and later do not start without.
  public static let loginKeychain = Self(rawValue: "loginKeychain")
  /// Whether macOS lets the helper reach the network of its guests, which port forwards need.
  public static let localNetwork = Self(rawValue: "localNetwork")
  /// Space on the volume where machines are kept.
  public static let freeSpace = Self(rawValue: "freeSpace")
  /// Virtual Macs that run against the number that a host may run.
  public static let virtualMacs = Self(rawValue: "virtualMacs")
  /// How guest instructions are executed.
  public static let accelerator = Self(rawValue: "accelerator")
  /// QEMU, which runs the guests of a Linux host.
  public static let qemu = Self(rawValue: "qemu")
  /// virtiofsd, which serves shared folders on a Linux host.
  public static let virtiofsd = Self(rawValue: "virtiofsd")
  /// Whether virtual Macs are stand-ins for tests, never macOS.
  public static let standInMac = Self(rawValue: "standInMac")
}

/// What a fact means for guests.
///
/// Open: values that are not listed may appear.
public struct HostFactStatus: RawRepresentable, Codable, Hashable, Sendable {
  public let rawValue: String

  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// As it should be.
  public static let ok = Self(rawValue: "ok")
  /// Guests run, but something is slower, smaller or missing.
  public static let warning = Self(rawValue: "warning")
  /// Guests do not run like this.
  public static let problem = Self(rawValue: "problem")
  /// It could not be found out.
  public static let unknown = Self(rawValue: "unknown")
  /// It does not matter on this host.
  public static let notApplicable = Self(rawValue: "notApplicable")
}

/// Something that was looked at to say whether guests run here.
public struct HostFact: Codable, Equatable, Sendable {
  /// Which fact.
  public var id: HostFactIdentifier
  /// What it means.
  public var status: HostFactStatus
  /// What was found, in a sentence for people.
  public var finding: String
  /// What to do about it; present with a warning or problem.
  public var remedy: String?

  public init(id: HostFactIdentifier, status: HostFactStatus, finding: String, remedy: String? = nil) {
    self.id = id
    self.status = status
    self.finding = finding
    self.remedy = remedy
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.id = try object.required("id")
    self.status = try object.required("status")
    self.finding = try object.required("finding")
    self.remedy = try object.optional("remedy")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(id, forKey: "id")
    try object.encode(status, forKey: "status")
    try object.encode(finding, forKey: "finding")
    try object.encodeIfPresent(remedy, forKey: "remedy")
  }
}

/// A virtual Mac that runs or is being installed on this host in a helper of this user.
public struct RunningMac: Codable, Equatable, Sendable {
  /// Names it in its own helper.
  public var machine: MachineHandle
  /// Its name, or its handle when it has none.
  public var name: String
  /// Process id of its helper.
  public var processIdentifier: Int32

  public init(machine: MachineHandle, name: String, processIdentifier: Int32) {
    self.machine = machine
    self.name = name
    self.processIdentifier = processIdentifier
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.machine = try object.required("machine")
    self.name = try object.required("name")
    self.processIdentifier = try object.required("processIdentifier")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(machine, forKey: "machine")
    try object.encode(name, forKey: "name")
    try object.encode(processIdentifier, forKey: "processIdentifier")
  }
}

/// Params of `host.diagnose`.
public struct HostDiagnoseParams: Codable, Equatable, Sendable {
  /// Folder whose volume is looked at for free space; the working directory of the helper by default.
  public var folder: PathString?

  public init(folder: PathString? = nil) {
    self.folder = folder
  }

  static let wireKeys: Set<String> = ["folder"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.folder = try object.optional("folder")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encodeIfPresent(folder, forKey: "folder")
  }
}

/// Result of `host.diagnose`.
public struct HostDiagnoseResult: Codable, Equatable, Sendable {
  /// What was found.
  public var facts: [HostFact]
  /// Virtual Macs of this user's helpers, this one included. Those of other programs cannot be listed.
  public var runningMacs: [RunningMac]

  public init(facts: [HostFact], runningMacs: [RunningMac]) {
    self.facts = facts
    self.runningMacs = runningMacs
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.facts = try object.required("facts")
    self.runningMacs = try object.required("runningMacs")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(facts, forKey: "facts")
    try object.encode(runningMacs, forKey: "runningMacs")
  }
}

/// Result of `host.describe`.
public struct HostDescribeResult: Codable, Equatable, Sendable {
  /// Facts about the host.
  public var host: HostDescription
  /// Bounds of configurations and messages.
  public var limits: HostLimits
  /// What cannot be used here, and why.
  public var unavailable: [UnavailableFeature]

  public init(host: HostDescription, limits: HostLimits, unavailable: [UnavailableFeature]) {
    self.host = host
    self.limits = limits
    self.unavailable = unavailable
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.host = try object.required("host")
    self.limits = try object.required("limits")
    self.unavailable = try object.required("unavailable")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(host, forKey: "host")
    try object.encode(limits, forKey: "limits")
    try object.encode(unavailable, forKey: "unavailable")
  }
}

/// The machine that the helper runs on and what it can do.
///
/// Called on the connection's reader thread, in the order of arrival.
public protocol HostRequests: AnyObject, Sendable {
  /// Looks the host over for what keeps guests from running: each fact with what was found and what to do about it. The
  /// facts come in a fixed order, those that do not matter here included.
  func diagnose(_ params: HostDiagnoseParams, _ reply: Reply<HostDiagnoseResult>)

  /// Says what the host is, what runs its guests, the limits, and what is unavailable and why.
  func describe(_ reply: Reply<HostDescribeResult>)
}
