import HelperProtocol
import Platform
import Virtualization

/// What is done to a machine for its start, and undone when it does not start. On the machine's queue.
final class StartPreparation {
  /// Why there is no window, when one that is not required cannot be opened.
  private(set) var noWindowReason: String?
  private let machine: Machine
  private let windows: WindowTable
  private var previous: [(device: VZVirtioFileSystemDevice, share: VZDirectoryShare?)] = []
  private var hasWindow = false

  init(_ machine: Machine, _ windows: WindowTable) {
    (self.machine, self.windows) = (machine, windows)
  }

  /// Exchanges shares by the tags of their devices.
  ///
  /// - Throws: `WireError` or what the framework throws; then none of them has changed.
  func exchange(_ shares: [String: DirectoryShare]) throws {
    let wanted = try shares.sorted { $0.key < $1.key }.map { tag, share in
      let field = "params.shares[\"\(tag)\"]"
      return (device: try machine.sharingDevice(tag, at: field), share: try share.frameworkShare(at: field))
    }
    do {
      for (device, share) in wanted {
        let old = device.share
        try ShareExchange.set(share, of: device)
        previous.append((device, old))
      }
    } catch {
      undo()
      throw error
    }
  }

  /// - Throws: `WireError` when there can be no window and it is required; then everything is as it was.
  func open(_ window: WindowRequest, isRequired: Bool) throws {
    do {
      try window.open(machine, windows)
      hasWindow = true
    } catch let error as WireError where error.kind == .notSupported && !isRequired {
      noWindowReason = error.message
    } catch {
      undo()
      throw error
    }
  }

  /// Makes everything as it was.
  func undo() {
    if hasWindow { windows.close(machine.handle, .request) }
    hasWindow = false
    for (device, share) in previous.reversed() {
      do {
        try ShareExchange.set(share, of: device)
      } catch {
        let reason = WireError(error).message
        Log.warning("machine \(machine.title): the share \(device.tag) could not be taken back: \(reason)")
      }
    }
    previous = []
  }
}
