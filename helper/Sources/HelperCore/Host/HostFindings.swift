import HelperProtocol
import Platform

/// What a look at the host brought to light. What it means for guests is said by `facts`.
struct HostFindings {
  /// "macOS" or "Linux".
  var operatingSystem = HostFacts.operatingSystem
  var operatingSystemVersion: String
  /// nil where the host is no Mac.
  var macOSVersion: (major: Int, minor: Int)?
  /// What the processor is called, where the system tells.
  var processorName: String?
  var architecture: String
  var processorCount: Int
  /// Memory in bytes.
  var memorySize: UInt64
  /// Whether the helper is translated for a processor that it was not built for.
  var isTranslated: Bool
  var hypervisor: HypervisorFacts
  /// The helper's own program.
  var programPath: String
  var entitlement: CodeSignature.Entitlement
  /// Why no window can be shown; nil when one can.
  var guiProblem: String?
  var keychain: LoginKeychain.State
  var folder: String
  /// Bytes that are free in `folder`, where the system tells.
  var freeSpace: UInt64?
  /// Why there are no virtual Macs here; nil when there are.
  var macProblem: String?
  /// What to tell people when virtual Macs are stand-ins; nil when they are not.
  var standInNotice: String?
  var runningMacs: [RunningMac]

  /// Looks the host over. Can take a second or two.
  ///
  /// - Parameter folder: absolute; its volume is looked at for free space.
  static func gather(folder: String) -> HostFindings {
    HostFindings(
      operatingSystemVersion: HostFacts.operatingSystemVersion, macOSVersion: HostFacts.macOSVersion,
      processorName: Processor.name, architecture: HostFacts.architecture, processorCount: HostFacts.processorCount,
      memorySize: HostFacts.memorySize, isTranslated: Processor.isTranslated, hypervisor: HypervisorFacts.probe(),
      programPath: ownProgramPath, entitlement: CodeSignature.virtualization(),
      guiProblem: GUISession.problem, keychain: LoginKeychain.state(), folder: folder,
      freeSpace: FileAllocation.freeSpace(in: folder), macProblem: MacHost.problem,
      standInNotice: MacHost.standInNotice, runningMacs: RunningMac.all())
  }

  static var ownProgramPath: String { CommandLine.arguments.first ?? "vzkit-helper" }

  var isMac: Bool { macOSVersion != nil }

  /// What each finding means, in the order in which people should put things right.
  var facts: [HostFact] {
    [
      processor, operatingSystemFact, virtualization, entitlementFact, guiSession, loginKeychain, localNetwork,
      freeSpaceFact,
      virtualMacs, accelerator, qemu, virtiofsd, standInMac,
    ]
  }
}

extension HostFact {
  static func ok(_ id: HostFactIdentifier, _ finding: String) -> HostFact {
    HostFact(id: id, status: .ok, finding: finding)
  }

  static func notApplicable(_ id: HostFactIdentifier, _ finding: String) -> HostFact {
    HostFact(id: id, status: .notApplicable, finding: finding)
  }

  static func warning(_ id: HostFactIdentifier, _ finding: String, remedy: String) -> HostFact {
    HostFact(id: id, status: .warning, finding: finding, remedy: remedy)
  }

  static func problem(_ id: HostFactIdentifier, _ finding: String, remedy: String) -> HostFact {
    HostFact(id: id, status: .problem, finding: finding, remedy: remedy)
  }
}
