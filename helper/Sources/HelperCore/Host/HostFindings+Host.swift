import HelperProtocol

/// What matters on every host.
extension HostFindings {
  /// macOS before this one has too little of the framework for the helper.
  private static let oldestMacOS = 13

  var processor: HostFact {
    let name = processorName ?? architecture
    let text = "\(name) (\(architecture)), \(processorCount) processors, \(Self.gibibytes(memorySize)) GiB of memory."
    guard isMac else { return .ok(.processor, text) }
    if isTranslated {
      return .problem(
        .processor, "\(text) The helper is translated by Rosetta, which shows it another processor.",
        remedy: "Install Node for Apple silicon and vzkit with it.")
    }
    guard architecture == "arm64" else {
      return .warning(
        .processor, "\(text) It runs Linux guests but no virtual Macs.",
        remedy: "For virtual Macs use a Mac with Apple silicon.")
    }
    return .ok(.processor, text)
  }

  var operatingSystemFact: HostFact {
    guard let macOSVersion else { return .ok(.operatingSystem, "\(operatingSystem): \(operatingSystemVersion).") }
    guard macOSVersion.major >= Self.oldestMacOS else {
      return .problem(
        .operatingSystem, "macOS \(operatingSystemVersion) is too old.",
        remedy: "Update to macOS \(Self.oldestMacOS) or newer.")
    }
    return .ok(
      .operatingSystem, "macOS \(operatingSystemVersion); it installs guests up to macOS \(macOSVersion.major).")
  }

  var virtualization: HostFact {
    if let problem = hypervisor.problem {
      return .problem(.virtualization, "Guests cannot run: \(problem.finding)", remedy: problem.remedy)
    }
    return .ok(
      .virtualization,
      hypervisor.isFramework ? "The Virtualization framework runs guests here." : "QEMU runs guests here.")
  }

  /// A restore image, what it installs, and room for it to work; or a few Linux guests.
  private var wantedSpace: UInt64 { macProblem == nil && standInNotice == nil ? 40 << 30 : 2 << 30 }
  private static let leastSpace: UInt64 = 1 << 30

  var freeSpaceFact: HostFact {
    guard let freeSpace else {
      return HostFact(
        id: .freeSpace, status: .unknown, finding: "The system does not say how much space is free in \(folder).")
    }
    let text = "\(Self.gibibytes(freeSpace)) GiB are free in \(folder)"
    guard freeSpace < wantedSpace else { return .ok(.freeSpace, "\(text).") }
    let remedy =
      "Free space there, or keep machines on another volume; \(Self.gibibytes(wantedSpace)) GiB are comfortable."
    return freeSpace < Self.leastSpace
      ? .problem(.freeSpace, "Only \(text).", remedy: remedy)
      : .warning(.freeSpace, "\(text), which is little.", remedy: remedy)
  }

  /// With one digit behind the point where it matters.
  private static func gibibytes(_ bytes: UInt64) -> String {
    let tenths = bytes / (1 << 30) * 10 + bytes % (1 << 30) * 10 / (1 << 30)
    return tenths % 10 == 0 || tenths >= 1000 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}
