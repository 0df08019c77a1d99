import Foundation
import HelperProtocol
import HostSystem
import Platform

/// What other helpers of this user can read about a machine that runs here: a host runs few virtual Macs and the framework
/// does not tell which, and two machines with one identity must not run at once.
struct RunningMachineRecord: Codable, Equatable {
  private static let lead = "machine-"
  /// Longest name that is shown, in characters.
  private static let longestName = 64

  /// Names it in its own helper.
  let machine: MachineHandle
  let name: String
  let processIdentifier: Int32
  let isMac: Bool
  /// The path of the bundle that it was made from.
  var bundle: String?
  /// The texts of its identities.
  var identities: [String] = []

  static var systemFolder: String { CacheFolder.path("running-machines") }

  /// Shows the record to all helpers until the result is released.
  func publish(in folder: String = RunningMachineRecord.systemFolder) throws -> LockedRecord {
    try LockedRecord(Array(JSONEncoder().encode(self)), lead: Self.lead, folder: folder)
  }

  /// The machines that run, ordered by helper and machine.
  static func all(in folder: String = RunningMachineRecord.systemFolder) -> [RunningMachineRecord] {
    LockedRecord.all(lead: lead, in: folder)
      .compactMap { try? JSONDecoder().decode(Self.self, from: Data($0)).withSafeName }
      .sorted {
        ($0.processIdentifier, $0.machine.count, $0.machine) < ($1.processIdentifier, $1.machine.count, $1.machine)
      }
  }

  /// Names come from clients and end up on terminals.
  private var withSafeName: RunningMachineRecord {
    let name = String(
      name.prefix(Self.longestName).map {
        $0.unicodeScalars.contains { $0.properties.generalCategory == .control } ? " " : $0
      })
    return RunningMachineRecord(
      machine: machine, name: name, processIdentifier: processIdentifier, isMac: isMac, bundle: bundle,
      identities: identities)
  }

  /// For people: the name, and where to stop it.
  var words: String {
    "\"\(name)\" (\(bundle.map { "of \($0), " } ?? "")\(machine) of the helper with process id \(processIdentifier))"
  }
}

extension RunningMac {
  init(_ record: RunningMachineRecord) {
    self.init(machine: record.machine, name: record.name, processIdentifier: record.processIdentifier)
  }

  /// The virtual Macs that run in helpers of this user.
  static func all(in folder: String = RunningMachineRecord.systemFolder) -> [RunningMac] {
    RunningMachineRecord.all(in: folder).filter(\.isMac).map(RunningMac.init)
  }
}

extension RunningMachine {
  init(_ record: RunningMachineRecord) {
    self.init(
      machine: record.machine, name: record.name, processIdentifier: record.processIdentifier,
      bundle: record.bundle.map(PathString.init))
  }
}
