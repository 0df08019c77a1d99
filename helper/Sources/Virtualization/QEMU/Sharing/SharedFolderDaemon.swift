import CVirtualization
import Foundation
import HostSystem

/// The virtiofsd behind one shared folder device of a running machine.
final class SharedFolderDaemon {
  /// What a share shows to the guest.
  struct Content: Equatable {
    var folders: [StagedFolder]

    init(_ share: VZDirectoryShare?) throws {
      switch share {
      case nil: folders = []
      case let single as VZSingleDirectoryShare: folders = [StagedFolder(single.directory, name: nil)]
      case let multiple as VZMultipleDirectoryShare:
        folders = multiple.directories.sorted { $0.key < $1.key }.map { StagedFolder($0.value, name: $0.key) }
      default:
        throw VZError(.notSupported, reason: "A Linux host cannot run this kind of directory share.")
      }
    }

    /// Whether the folders stand in a stage that stays when they are exchanged. A single one takes the stage's place.
    var keepsStage: Bool { folders.allSatisfy { $0.name != nil } }
  }

  /// A folder that exists on every Linux host, holds nothing to share, and is covered in virtiofsd's own view only.
  private static let stage = "/sys"

  let child: ChildProcess
  /// QEMU's end of the channel; whoever starts QEMU takes it over.
  let socket: Int32
  private let channel: ExchangeChannel
  private var content: Content

  init(tag: String, share: VZDirectoryShare?) throws {
    content = try Content(share)
    let program = try HypervisorHost.usableVirtiofsd()
    channel = try ExchangeChannel()
    let listener = try Self.makeListener(for: tag)
    defer { close(listener.listener) }
    socket = listener.client
    do {
      child = try ChildProcess.launch(
        ChildLaunch(
          path: program.path, arguments: Self.arguments(program.facts, content),
          descriptors: [listener.listener, channel.far], stage: (Self.stage, content.folders)))
    } catch {
      close(listener.client)
      throw VZError(
        .internalError, reason: "The shared folder “\(tag)” cannot be served: \(error).",
        suggestion: Self.suggestion(for: error), underlying: error)
    }
  }

  private static func makeListener(for tag: String) throws -> OneTimeListener {
    do {
      return try OneTimeListener()
    } catch let problem as ScratchFolders.Problem {
      throw VZError(.internalError, reason: "The shared folder “\(tag)” cannot be served: \(problem).")
    }
  }

  /// Exchanges what the guest sees; when that fails it sees what it saw. Throws `notSupported` where this host does not
  /// allow what it takes.
  func replace(with share: VZDirectoryShare?) throws {
    let wanted = try Content(share)
    guard wanted != content else { return }
    do {
      if wanted.keepsStage, content.keepsStage {
        try child.restage(Self.stage, folders: wanted.folders)
      } else {
        try child.exchange(Self.stage, folders: wanted.folders, over: channel)
      }
    } catch let failure as ChildProcess.LaunchFailure {
      throw Self.explained(failure)
    }
    content = wanted
  }

  private static func explained(_ failure: ChildProcess.LaunchFailure) -> VZError {
    let isForbidden = failure.folder == nil && [EPERM, EACCES, ENOSYS].contains(failure.number)
    guard isForbidden else {
      return VZError(
        .internalError, reason: "The share cannot be exchanged: \(failure).", underlying: NSError(errno: failure.number)
      )
    }
    return VZError(
      .notSupported,
      reason:
        "This host lets no single directory share be exchanged while the machine runs: \(SystemError.words(for: failure.number)).",
      suggestion: "Use a multiple directory share, or exchange it while the machine is stopped.",
      underlying: NSError(errno: failure.number))
  }

  private static func arguments(_ facts: FileSystemDaemonFacts, _ content: Content) -> [String] {
    // Without root it has a user namespace of its own already, in which it may not change its root.
    let sandbox = geteuid() == 0 ? "chroot" : "none"
    // In the place of a single folder another can come, from a file system of its own. Were that told to the guest, each
    // folder in it would become a mount point, which cannot be removed.
    let tellsMounts = content.keepsStage && !content.folders.isEmpty
    switch facts.kind {
    case .rust:
      let silence = facts.announcesSubmounts ? ["--no-announce-submounts"] : []
      return ["--fd=3", "--shared-dir=\(stage)", "--sandbox=\(sandbox)", "--cache=never", "--log-level=error"]
        + (tellsMounts ? ["--announce-submounts"] : silence)
    case .c:
      return ["--fd=3", "-o", "source=\(stage)", "-o", "sandbox=\(sandbox)", "-o", "cache=none"]
        + (tellsMounts ? ["-o", "announce_submounts"] : [])
    }
  }

  private static func suggestion(for error: any Error) -> String? {
    guard let failure = error as? ChildProcess.LaunchFailure, geteuid() != 0,
      failure.number == EPERM || failure.number == EACCES
    else { return nil }
    return "This user may not create user namespaces; see the sysctl settings kernel.unprivileged_userns_clone and "
      + "kernel.apparmor_restrict_unprivileged_userns."
  }
}

extension StagedFolder {
  init(_ directory: VZSharedDirectory, name: String?) {
    self.init(source: directory.url.path, name: name, readOnly: directory.isReadOnly)
  }
}
