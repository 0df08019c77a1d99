import Foundation
import HelperProtocol
import Platform
import Virtualization

/// Turns a configuration as it came over the wire into the framework's, and fills in what was left to the helper.
///
/// There is one file for each family of parts beside this one. Every complaint names the field as the client wrote it.
final class ConfigurationBuilder {
  enum Purpose {
    /// Nothing is made: no stream, no file.
    case validation
    case machine
  }

  /// Names the root of all fields in messages.
  static let root = "params.configuration"

  let purpose: Purpose
  /// The streams that clients can attach to.
  var consoles: [ConsoleHub] = []
  /// What a second part of the machine must not have too.
  var claims = ResourceClaims()
  var disks: [DiskUse] = []
  var networks: [NetworkUse] = []
  /// Files that are written anew at each start.
  var outputs: [OutputPath] = []
  /// What the system chose for port forwards.
  var ports: [PortReservation] = []
  /// The ports that the client chose; the system must not be given one of them to choose.
  var wantedPorts: Set<UInt32> = []

  init(for purpose: Purpose) {
    self.purpose = purpose
  }

  /// - Throws: `WireError` or what the framework throws.
  func build(_ wire: MachineConfiguration) throws -> BuiltConfiguration {
    let configuration = VZVirtualMachineConfiguration()
    var resolved = wire
    configuration.cpuCount = Int(wire.cpuCount)
    configuration.memorySize = wire.memorySize
    try setLabel(wire.label, of: configuration)
    (configuration.platform, resolved.platform) = try platform(wire.platform, at: "\(Self.root).platform")
    configuration.bootLoader = try bootLoader(wire.bootLoader, at: "\(Self.root).bootLoader")
    (configuration.storageDevices, resolved.storageDevices) = try each(wire.storageDevices, "storageDevices", storage)
    wantedPorts = Self.wantedPorts(of: wire.networkDevices ?? [])
    (configuration.networkDevices, resolved.networkDevices) = try each(wire.networkDevices, "networkDevices", network)
    configuration.entropyDevices = (wire.entropyDevices ?? []).map(entropyDevice)
    configuration.memoryBalloonDevices = (wire.memoryBalloonDevices ?? []).map(memoryBalloonDevice)
    (configuration.directorySharingDevices, resolved.directorySharingDevices) = try each(
      wire.directorySharingDevices, "directorySharingDevices", directorySharingDevice)
    try addMediaDevices(wire, to: configuration, &resolved)
    configuration.socketDevices = (wire.socketDevices ?? []).map(socketDevice)
    // Last, when all files that no output may replace are known.
    (configuration.serialPorts, resolved.serialPorts) = try each(wire.serialPorts, "serialPorts", serialPort)
    (configuration.consoleDevices, resolved.consoleDevices) = try each(
      wire.consoleDevices, "consoleDevices", consoleDevice)
    do {
      try configuration.validate()
    } catch {
      throw HostTrouble.look().explain(WireError(error), isMac: false)
    }
    return BuiltConfiguration(
      configuration: configuration, resolved: resolved, consoles: consoles, disks: disks, networks: networks,
      ports: ports, outputs: outputs)
  }

  // MARK: - Files

  /// A file of the host that the machine uses. No output of the machine may lead to it.
  func input(
    _ role: String, _ path: String, for use: ResourceClaims.FileUse = .read, at field: String
  ) throws -> HostFileCheck {
    try claims.claim(file: path, role, for: use, at: field)
    return HostFileCheck(role: role, path: path, field: field)
  }

  /// A file that the machine's output goes to.
  ///
  /// - Throws: `WireError` when it cannot be written, is one of the machine's own files or another machine's disk.
  func output(_ role: String, _ path: String, at field: String) throws -> OutputPath {
    try HostFileCheck(role: role, path: path, field: field).requireCreatable()
    try claims.claim(file: path, role, for: .write, at: field)
    let output = OutputPath(role: role, path: path, field: field)
    try output.requireUnused()
    return output
  }

  private func addMediaDevices(
    _ wire: MachineConfiguration, to configuration: VZVirtualMachineConfiguration,
    _ resolved: inout MachineConfiguration
  ) throws {
    (configuration.graphicsDevices, resolved.graphicsDevices) = try each(
      wire.graphicsDevices, "graphicsDevices", graphicsDevice)
    (configuration.keyboards, resolved.keyboards) = try each(wire.keyboards, "keyboards", keyboard)
    (configuration.pointingDevices, resolved.pointingDevices) = try each(
      Self.withCompanions(wire.pointingDevices), "pointingDevices", pointingDevice)
    (configuration.audioDevices, resolved.audioDevices) = try each(wire.audioDevices, "audioDevices", audioDevice)
  }

  private func setLabel(_ label: String?, of configuration: VZVirtualMachineConfiguration) throws {
    guard let label else { return }
    try Bounds.checkName(label, at: "\(Self.root).label")
    if let problem = MachineLabel.problem { throw WireError(.notSupported, "\(Self.root).label: \(problem)") }
    MachineLabel.set(label, of: configuration)
  }

  private func each<Wire, Object>(
    _ list: [Wire]?, _ name: String, _ make: (Wire, Int, String) throws -> (Object, Wire)
  ) throws -> ([Object], [Wire]?) {
    guard let list else { return ([], nil) }
    let made = try list.enumerated().map { try make($1, $0, "\(Self.root).\(name)[\($0)]") }
    return (made.map(\.0), made.map(\.1))
  }
}

/// What a machine is made from.
struct BuiltConfiguration {
  let configuration: VZVirtualMachineConfiguration
  /// The client's configuration with everything filled in.
  let resolved: MachineConfiguration
  let consoles: [ConsoleHub]
  let disks: [DiskUse]
  let networks: [NetworkUse]
  let ports: [PortReservation]
  let outputs: [OutputPath]
}

/// A disk image and how a machine uses it.
struct DiskUse: Equatable {
  let path: String
  let isReadOnly: Bool
}
