import Foundation

/// A device by which the guest mounts folders of the host. Used on the machine's queue.
///
/// Wraps `VZVirtioFileSystemDevice`, macOS 12.0.
open class VZVirtioFileSystemDevice: VZDirectorySharingDevice {
  private weak var machine: VZVirtualMachine?
  private let index: Int
  private var current: VZDirectoryShare?

  /// The name by which the guest mounts it.
  public let tag: String

  init(machine: VZVirtualMachine, index: Int, tag: String, share: VZDirectoryShare?) {
    self.machine = machine
    self.index = index
    self.tag = tag
    current = share
    super.init(base: ())
  }

  /// What the guest sees; nil is an empty folder. While the machine does not run, this is what its next start shows.
  ///
  /// It can be exchanged while the machine runs: what the guest looks up from then on is the new share's. What it has open
  /// of the old one, a file or a program's current folder, it keeps until that is closed. On a Linux host an exchange that
  /// fails leaves the old share in place, and a line in the log says why.
  public var share: VZDirectoryShare? {
    get { current }
    set {
      do {
        try exchange(newValue)
      } catch {
        HypervisorLog.write("the shared folder “\(tag)” stays as it is: \(error.localizedDescription)")
      }
    }
  }

  /// As setting ``share``, but tells what went wrong: a `VZError`, after which the old share is still in place.
  package func exchange(_ share: VZDirectoryShare?) throws {
    try throwingVZError { try share?.check() }
    try machine?.session?.replaceShare(at: index, with: share)
    current = share
  }
}
