import Foundation
import HelperProtocol
import HostSystem
import JSONRPC
import Platform
import Virtualization

/// What the host is and can do, looked up when made. That can take a while.
struct HostReport {
  private let hypervisor = HypervisorFacts.probe()

  var description: HostDescription {
    HostDescription(
      os: HostFacts.operatingSystem, osVersion: HostFacts.operatingSystemVersion,
      architecture: HostFacts.architecture, processorCount: UInt32(HostFacts.processorCount),
      memorySize: HostFacts.memorySize, isVirtualizationSupported: hypervisor.problem == nil,
      unsupportedReason: hypervisor.problem?.description,
      hypervisor: Hypervisor(
        name: hypervisor.isFramework ? .virtualizationFramework : .qemu, version: hypervisor.version,
        path: hypervisor.path.map { PathString($0) }, accelerator: Accelerator(rawValue: hypervisor.accelerator),
        acceleratorReason: hypervisor.acceleratorReason),
      standInNotice: MacHost.standInNotice)
  }

  var limits: HostLimits {
    let connection = Limits()
    return HostLimits(
      minimumCPUCount: UInt32(VZVirtualMachineConfiguration.minimumAllowedCPUCount),
      maximumCPUCount: UInt32(VZVirtualMachineConfiguration.maximumAllowedCPUCount),
      minimumMemorySize: VZVirtualMachineConfiguration.minimumAllowedMemorySize,
      maximumMemorySize: VZVirtualMachineConfiguration.maximumAllowedMemorySize,
      maximumFrameSize: UInt64(connection.frameBytes),
      maximumRequestsInFlight: UInt32(connection.requestsInFlight),
      maximumSocketPathLength: UInt32(UnixSocket.maximumPathLength))
  }

  /// What of the protocol cannot be used here, by the table of the protocol and by what is installed.
  var unavailable: [UnavailableFeature] {
    var features = Self.unavailable(on: HostFacts.macOSVersion, HostFacts.architecture)
    if let problem = hypervisor.problem {
      features.append(UnavailableFeature(name: "machine.start", reason: problem.description))
    }
    if let problem = hypervisor.sharingProblem {
      features.append(UnavailableFeature(name: "VirtioFileSystemDevice", reason: problem.description))
    }
    let extras = [
      ("PortForward.transport.udp", NATNetwork.portForwardProblem(isUDP: true)),
      ("MachineConfiguration.label", MachineLabel.problem),
    ]
    for case (let name, let problem?) in extras where !features.contains(where: { $0.name == name }) {
      features.append(UnavailableFeature(name: name, reason: problem))
    }
    return features
  }

  /// What the table of the protocol says about a host, by name.
  ///
  /// - Parameter macOSVersion: nil for a Linux host.
  static func unavailable(
    on macOSVersion: (major: Int, minor: Int)?, _ architecture: String
  ) -> [UnavailableFeature] {
    let features = Availability.table.compactMap { name, availability in
      reason(availability, macOSVersion, architecture).map {
        UnavailableFeature(name: name, reason: $0.reason, needs: $0.needs)
      }
    }
    return features.sorted { $0.name < $1.name }
  }

  private static func reason(
    _ availability: Availability, _ macOSVersion: (major: Int, minor: Int)?, _ architecture: String
  ) -> (reason: String, needs: String?)? {
    guard let version = macOSVersion else {
      switch availability.linux {
      case .no?: return ("The module for Linux hosts does not have it.", availability.macOS.map { "macOS \($0)" })
      case .note(let note)?: return (note, availability.macOS.map { "macOS \($0)" })
      case .yes?, nil: return nil
      }
    }
    if let needed = availability.architecture, needed != architecture {
      return needed == "arm64"
        ? (AppleSilicon.missing, "Apple silicon") : ("This host's processor is \(architecture).", needed)
    }
    guard let needed = availability.macOS, isOlder(version, than: needed) else { return nil }
    return ("This host runs macOS \(version.major).\(version.minor).", "macOS \(needed)")
  }

  private static func isOlder(_ version: (major: Int, minor: Int), than needed: String) -> Bool {
    let parts = needed.split(separator: ".").map { Int($0) ?? 0 }
    let major = parts.first ?? 0
    let minor = parts.count > 1 ? parts[1] : 0
    return (version.major, version.minor) < (major, minor)
  }
}
