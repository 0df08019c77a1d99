import HelperProtocol
import HostSystem
import Platform

/// The bundle that a machine was made from. Nobody else has it as long as this one does.
final class MachineBundle: @unchecked Sendable {  // the fields are constants or locked
  let path: BundlePath
  private let lock: DiskLock
  private let document: Locked<BundleDocument>

  /// - Parameter lock: the bundle's own.
  init(_ path: BundlePath, _ lock: DiskLock, _ document: BundleDocument) {
    (self.path, self.lock, self.document) = (path, lock, Locked(document))
  }

  /// What the bundle's document says now.
  var contents: BundleDocument { document.value }

  /// Names the machine to those who want the bundle.
  func claim(for machine: String) { lock.sign(as: .machine(machine)) }

  func release() { lock.release() }

  /// Why the machine cannot be started: a Mac without a system shows nothing at all.
  var refusalToStart: WireError? {
    let document = document.value
    guard case .mac = document.configuration.platform else { return nil }
    switch document.installation {
    case .required:
      return WireError(.notInstalled, "No system is installed in the bundle \(path.path). Install one first.")
    case .interrupted:
      return WireError(
        .notInstalled,
        "The installation in the bundle \(path.path) did not come to its end. Install the system again.")
    default: return nil
    }
  }

  func refusalToInstall(overwrite: Bool) -> WireError? {
    let document = document.value
    guard document.installation == .complete, !overwrite else { return nil }
    let system = document.system.map { "macOS \($0.version) (\($0.build))" } ?? "A system"
    return WireError(
      .alreadyInstalled,
      "\(system) is installed in the bundle \(path.path) already, and all that is on its disk would be lost. "
        + "Set overwrite to install anew.")
  }

  /// - Throws: `SystemError`; then nothing has changed.
  func installationWillBegin() throws {
    try update { ($0.installation, $0.system) = (.interrupted, nil) }
  }

  /// - Throws: `SystemError`; then the installation counts as interrupted.
  func installationDidEnd(_ system: InstalledSystem) throws {
    try update { ($0.installation, $0.system) = (.complete, system) }
  }

  private func update(_ change: (inout BundleDocument) -> Void) throws {
    try document.with { document in
      var new = document
      change(&new)
      try new.write(into: path.path, base: path.path)
      document = new
    }
  }
}

extension BundleDocument {
  /// Refuses the machine of a stand-in where it cannot be made: there it would be taken for macOS.
  func requireUsable(at bundle: BundlePath) throws {
    guard let standInNotice, MacHost.standInNotice == nil else { return }
    throw WireError(
      .notSupported,
      "\(bundle.path): \(standInNotice) It runs only where that variable is set. Make a new bundle.")
  }
}
