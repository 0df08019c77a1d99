import CVirtualization
import Foundation

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

    /// One folder takes the place of the stage itself, so that it cannot be exchanged under a running guest.
    var isExchangeable: Bool { folders.allSatisfy { $0.name != nil } }
  }

  /// A folder that exists on every Linux host, holds nothing to share, and is covered in virtiofsd's own view only.
  private static let stage = "/sys"

  let child: ChildProcess
  /// QEMU's end of the channel; whoever starts QEMU takes it over.
  let socket: Int32
  private var content: Content

  init(tag: String, share: VZDirectoryShare?) throws {
    content = try Content(share)
    let program = try HypervisorHost.usableVirtiofsd()
    let channel = try OneTimeListener()
    defer { close(channel.listener) }
    socket = channel.client
    do {
      child = try ChildProcess.launch(
        ChildLaunch(
          path: program.path, arguments: Self.arguments(program.facts.kind), descriptors: [channel.listener],
          stage: (Self.stage, content.folders)))
    } catch {
      close(channel.client)
      throw VZError(
        .internalError, reason: "The shared folder “\(tag)” cannot be served: \(error).",
        suggestion: Self.suggestion(for: error), underlying: error)
    }
  }

  /// Exchanges what the guest sees. Throws `notSupported` where that would need a new device.
  func replace(with share: VZDirectoryShare?) throws {
    let wanted = try Content(share)
    guard wanted != content else { return }
    guard wanted.isExchangeable, content.isExchangeable else {
      throw VZError(
        .notSupported, reason: "A single directory share cannot be exchanged while the machine runs.",
        suggestion: "Use a VZMultipleDirectoryShare, whose directories can be exchanged.")
    }
    try child.restage(Self.stage, folders: wanted.folders)
    content = wanted
  }

  private static func arguments(_ kind: FileSystemDaemonFacts.Kind) -> [String] {
    // Without root it has a user namespace of its own already, in which it may not change its root.
    let sandbox = geteuid() == 0 ? "chroot" : "none"
    switch kind {
    case .rust:
      return [
        "--fd=3", "--shared-dir=\(stage)", "--sandbox=\(sandbox)", "--cache=never", "--announce-submounts",
        "--log-level=error",
      ]
    case .c:
      return [
        "--fd=3", "-o", "source=\(stage)", "-o", "sandbox=\(sandbox)", "-o", "cache=none", "-o", "announce_submounts",
      ]
    }
  }

  private static func suggestion(for error: any Error) -> String? {
    guard let failure = error as? ChildProcess.LaunchFailure, geteuid() != 0,
      failure.cause.code == EPERM || failure.cause.code == EACCES
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
