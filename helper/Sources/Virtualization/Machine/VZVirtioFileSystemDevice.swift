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

  /// What the guest sees.
  ///
  /// While the machine runs, a `VZMultipleDirectoryShare` can be exchanged for another. On a Linux host a
  /// `VZSingleDirectoryShare` cannot: the guest keeps what it has until the machine is started again, and a line in the
  /// log says so.
  public var share: VZDirectoryShare? {
    get { current }
    set {
      current = newValue
      do {
        try machine?.session?.replaceShare(at: index, with: newValue)
      } catch {
        HypervisorLog.write("the shared folder “\(tag)” stays as it is until the machine starts again: \(error)")
      }
    }
  }
}
