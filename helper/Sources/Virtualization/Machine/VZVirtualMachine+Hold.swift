import Foundation

/// A guest that QEMU holds by itself: when a write of the guest does not fit on the host's volume, it waits with that write
/// until it is let go on. The framework has no word for that.
extension VZVirtualMachine {
  /// QEMU has stopped the guest. Asked for the state, it says what is true by now.
  func guestDidHalt(_ source: HypervisorSession) {
    // What was asked for tells of itself.
    guard [.starting, .running, .resuming].contains(state) else { return }
    source.execute("query-status") { [weak self, queue] result in
      guard case .success(let value) = result, let status = value["status"]?.string else { return }
      queue.async { [weak self] in self?.settleHalt(status, of: source) }
    }
  }

  private func settleHalt(_ status: String, of source: HypervisorSession) {
    guard source === session, state == .running else { return }
    switch status {
    case "running", "guest-panicked", "shutdown": return
    case "internal-error": source.fail("QEMU's accelerator cannot go on with the guest (internal-error).")
    default:
      state = .paused
      let error = status == "io-error" ? diskFault?.error : nil
      holdHandler?(error ?? VZError(.internalError, reason: "QEMU holds the guest by itself (\(status))."))
    }
  }

  /// A disk failed. What does not hold the guest is given to it as an error of its disk, as a Mac gives it, and told once
  /// for each disk of a run.
  func diskDidFail(_ event: QMPValue) {
    guard let fault = DiskFault(event, configuration.storageDevices) else { return }
    let isNew = diskFault?.path != fault.path
    diskFault = fault
    if !fault.holdsGuest, isNew { HypervisorLog.write("\(fault.words) The guest was given the error.") }
  }
}

/// What QEMU tells of a disk image that failed.
struct DiskFault {
  let path: String
  let holdsGuest: Bool
  private let isFull: Bool
  /// What happened to what, as a sentence.
  let words: String

  init?(_ event: QMPValue, _ devices: [VZStorageDeviceConfiguration]) {
    guard let node = event["node-name"]?.string, let index = Int(node.drop { !$0.isNumber }),
      devices.indices.contains(index),
      let image = devices[index].attachment as? VZDiskImageStorageDeviceAttachment
    else { return nil }
    path = image.url.path
    holdsGuest = event["action"]?.string == "stop"
    isFull = event["nospace"]?.bool ?? false
    let operation = event["operation"]?.string == "read" ? "reads from" : "writes to"
    let reason = event["reason"]?.string ?? "no reason given"
    words =
      isFull
      ? "The volume \(Self.volume(of: path)) is full: what the guest writes to the disk image \(path) does not fit."
      : "What the guest \(operation) the disk image \(path) failed: \(reason)."
  }

  /// Why the guest is held.
  var error: VZError {
    VZError(
      isFull ? .outOfDiskSpace : .internalError, reason: words,
      suggestion: "\(isFull ? "Make room there" : "Mend the disk"), then resume the machine; nothing is lost.",
      underlying: NSError(errno: isFull ? ENOSPC : EIO))
  }

  /// Where the volume of a file is mounted.
  private static func volume(of path: String) -> String {
    guard let resolved = realpath(path, nil) else { return (path as NSString).deletingLastPathComponent }
    defer { free(resolved) }
    var place = String(cString: resolved) as NSString
    var status = stat()
    guard stat(place as String, &status) == 0 else { return place.deletingLastPathComponent }
    let device = status.st_dev
    while place.length > 1 {
      let parent = place.deletingLastPathComponent
      guard stat(parent, &status) == 0, status.st_dev == device else { break }
      place = parent as NSString
    }
    return place as String
  }
}
