import Foundation
import HelperProtocol
import HostSystem
import Platform

/// Keeps the identity of a running machine from other machines, in this and all other helpers of the user, and says to them
/// that it runs.
///
/// Each identity has a lock, which decides between machines that start at one moment. A machine that was told to start in
/// spite of another goes without, so the records of running machines are asked too.
final class IdentityClaim {
  private let locks: [LockFile]
  private let record: LockedRecord?

  /// - Parameters:
  ///   - allowsDuplicate: takes what is free and leaves the rest to those who have it.
  ///   - folder: where locks and records are; made when missing.
  /// - Throws: `WireError` of kind `identityInUse` that names who has the identity, or `HolderIsEnding`.
  init(
    _ machine: RunningMachineRecord, _ identities: [MachineIdentity], allowsDuplicate: Bool,
    folder: String = RunningMachineRecord.systemFolder
  ) throws {
    var published = machine
    published.identities = identities.map(\.text)
    // A machine that cannot be shown to others runs all the same.
    guard Self.isUsable(folder) else {
      (locks, record) = ([], nil)
      return
    }
    var locks: [LockFile] = []
    for identity in identities {
      do {
        locks.append(
          try LockFile.require("\(folder)/\(identity.lockName)") { _ in Self.refusal(identity, of: machine, folder) })
      } catch let error as SystemError {
        Log.warning("machine \(machine.name): \(error)")
      } catch  where allowsDuplicate {
        continue
      }
    }
    if !allowsDuplicate { try Self.requireNoDuplicate(identities, of: machine, folder) }
    self.locks = locks
    record = Self.publish(published, in: folder)
  }

  /// The machine runs no more. Doing it twice is fine.
  func release() {
    record?.release()
    for lock in locks { lock.release() }
  }

  /// The machines that run with one of some identities.
  static func holders(
    of identities: [MachineIdentity], in folder: String = RunningMachineRecord.systemFolder
  ) -> [RunningMachineRecord] {
    let texts = Set(identities.map(\.text))
    return RunningMachineRecord.all(in: folder).filter { !texts.isDisjoint(with: $0.identities) }
  }

  private static func requireNoDuplicate(
    _ identities: [MachineIdentity], of machine: RunningMachineRecord, _ folder: String
  ) throws {
    for identity in identities where !holders(of: [identity], in: folder).isEmpty {
      throw refusal(identity, of: machine, folder)
    }
  }

  private static func isUsable(_ folder: String) -> Bool {
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      return access(folder, W_OK | X_OK) == 0
    } catch {
      Log.warning("running machines cannot be recorded in \(folder): \(error)")
      return false
    }
  }

  private static func publish(_ machine: RunningMachineRecord, in folder: String) -> LockedRecord? {
    do {
      return try machine.publish(in: folder)
    } catch {
      Log.warning("machine \(machine.name) is not among the recorded running machines: \(error)")
      return nil
    }
  }

  private static func refusal(
    _ identity: MachineIdentity, of machine: RunningMachineRecord, _ folder: String
  ) -> any Error {
    let holder = holders(of: [identity], in: folder).first
    let refusal = refusal(identity, of: machine, holder)
    guard let holder, ProcessLife.isEnding(holder.processIdentifier) else { return refusal }
    return HolderIsEnding(refusal: refusal)
  }

  private static func refusal(
    _ identity: MachineIdentity, of machine: RunningMachineRecord, _ other: RunningMachineRecord?
  ) -> WireError {
    // One that is only just starting has no record yet.
    let holder = other?.words ?? "another machine of this user"
    let remedy =
      machine.bundle == nil
      ? "leave platform.machineIdentifier and macAddress out of its configuration"
      : "give it an identity of its own with bundle.renewIdentity"
    return WireError(
      .identityInUse,
      "The machine \"\(machine.name)\" has the \(identity.noun) of \(holder), which runs. Guests, networks and services "
        + "would take the two for one machine. Stop that one, or \(remedy), or set allowDuplicateIdentity to start it all "
        + "the same.")
  }
}
