import Foundation
import HelperProtocol
import Platform

/// What is known to end an installation of macOS, found before any time is spent on it.
struct InstallPreflight {
  var version: String?
  var requirements: RestoreImageRequirements?
  var cpuCount: UInt32?
  var memorySize: UInt64?
  var diskSize: UInt64?
  var imageSize: UInt64?
  var folder: String?
  /// Bytes of the disk that are taken already and need no more room.
  var takenSize: UInt64 = 0
  var download: PlannedDownload?

  /// With fewer, the installer is known to stand still without a word.
  private static let leastCPUs: UInt32 = 4
  /// A system takes about as much again as its restore image, and needs room for updates.
  private static let diskFactor: UInt64 = 2

  /// - Returns: what may go wrong all the same.
  /// - Throws: `WireError`.
  func run() throws -> [RestoreImagePreflightWarning] {
    if let problem = MacHost.problem { throw WireError(.notSupported, problem) }
    let match = try version.map { try Self.match($0) }
    try match?.requireMajor()
    try checkMachine()
    try checkSpace()
    return [match?.warning].compactMap { $0 }
  }

  private static func match(_ version: String) throws -> HostMatch {
    guard let guest = MacHost.Version(version) else {
      throw WireError.invalidParams("params.version", "must be a version such as 15.6.1, not \"\(version.prefix(32))\"")
    }
    return HostMatch(guest: guest)
  }

  private func checkMachine() throws {
    let least = max(requirements?.minimumCPUCount ?? 0, Self.leastCPUs)
    if let cpuCount, cpuCount < least {
      throw WireError(
        .invalidConfiguration,
        "\(cpuCount) virtual CPUs are too few to install macOS: the installer is known to stall with fewer than \(least). "
          + "Set cpuCount to \(least) or more; it can be lowered after the installation.")
    }
    if let memorySize, let needed = requirements?.minimumMemorySize, memorySize < needed {
      throw WireError(
        .invalidConfiguration,
        "\(memorySize >> 20) MiB of memory are too little: this restore image needs \(needed >> 20) MiB. "
          + "Set memorySize to that or more.")
    }
  }

  private func checkSpace() throws {
    guard let imageSize = imageSize ?? download?.size() else { return }
    let (needed, overflow) = imageSize.multipliedReportingOverflow(by: Self.diskFactor)
    if let diskSize, overflow || diskSize < needed {
      throw WireError(
        .outOfDiskSpace,
        "A disk of \(diskSize) bytes is too small for macOS from a restore image of \(imageSize) bytes. "
          + "Make it at least \(needed) bytes; it takes space only as it fills.")
    }
    guard let folder else { return }
    guard let free = FileAllocation.freeSpace(in: folder) else {
      throw WireError(.fileNotFound, "The folder \(folder) does not exist. Make it first.", path: "params.folder")
    }
    let system = imageSize - min(imageSize, takenSize)
    let rest = download?.need(of: imageSize, besides: folder) ?? 0
    let (missing, isTooMuch) = system.addingReportingOverflow(rest)
    guard isTooMuch || free < missing else { return }
    throw WireError(
      .outOfDiskSpace,
      "The volume of \(folder) has \(free) bytes free; the system needs at least \(system)"
        + (rest > 0 ? ", and the rest of the restore image \(rest) besides" : "") + ". Free space there.")
  }
}
