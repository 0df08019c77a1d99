import Foundation

/// What this host offers for running guests.
package enum HypervisorHost {
  /// What is wrong, and what to do about it; each a sentence.
  package struct Problem: Error, CustomStringConvertible {
    package let finding: String
    package let remedy: String

    package var description: String { "\(finding) \(remedy)" }
  }

  package struct Facts {
    /// Absolute path of QEMU, or nil when there is none that can be used.
    package let qemuPath: String?
    /// "10.0.13", for example.
    package let qemuVersion: String?
    /// Why guests cannot be run; nil when they can.
    package let qemuProblem: Problem?
    /// "kvm" or "tcg".
    package let accelerator: String
    /// Why that one, in a sentence.
    package let acceleratorReason: String
    /// What to do for a faster one; nil when it is the fastest.
    package let acceleratorRemedy: String?
    /// Absolute path of the program that serves shared folders.
    package let virtiofsdPath: String?
    /// "1.13.2", for example.
    package let virtiofsdVersion: String?
    /// Why folders cannot be shared; nil when they can.
    package let virtiofsdProblem: Problem?
  }

  /// Looks the host over. Runs the programs found, once for each version of them; the answers are kept in the cache.
  package static func probe() -> Facts {
    let qemu = Result { try usableQEMU() }
    let virtiofsd = Result { try usableVirtiofsd() }
    let accelerator = Accelerator.host
    return Facts(
      qemuPath: (try? qemu.get())?.path, qemuVersion: (try? qemu.get())?.facts.version, qemuProblem: problem(qemu),
      accelerator: accelerator.kind.rawValue, acceleratorReason: accelerator.reason,
      acceleratorRemedy: accelerator.remedy, virtiofsdPath: (try? virtiofsd.get())?.path,
      virtiofsdVersion: (try? virtiofsd.get())?.facts.version, virtiofsdProblem: problem(virtiofsd))
  }

  static func usableQEMU() throws -> (path: String, facts: QEMUFacts) {
    let path = try HypervisorTool.qemu.find()
    let facts = try QEMUFacts.of(path)
    guard facts.isSupported else {
      let oldest = "\(QEMUFacts.oldestSupported.major).\(QEMUFacts.oldestSupported.minor)"
      throw Problem(
        finding: "\(path) is QEMU \(facts.version); \(oldest) or newer is needed.",
        remedy: "Install a newer one and name it in VZKIT_QEMU.")
    }
    return (path, facts)
  }

  static func usableVirtiofsd() throws -> (path: String, facts: FileSystemDaemonFacts) {
    let path = try HypervisorTool.virtiofsd.find()
    let facts = try FileSystemDaemonFacts.of(path)
    if facts.kind == .c, geteuid() != 0 {
      throw Problem(
        finding: "\(path) is QEMU \(facts.version)'s virtiofsd, which works for root only.",
        remedy: "Set VZKIT_VIRTIOFSD to a virtiofsd 1.10 or newer, as Debian 13 has.")
    }
    return (path, facts)
  }

  private static func problem<Value>(_ result: Result<Value, any Error>) -> Problem? {
    guard case .failure(let error) = result else { return nil }
    return error as? Problem ?? Problem(finding: "It cannot be run: \(error).", remedy: "Install the program anew.")
  }
}
