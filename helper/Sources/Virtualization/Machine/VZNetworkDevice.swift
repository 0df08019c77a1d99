import Foundation

/// A network device of a machine. Used on the machine's queue.
///
/// Wraps `VZNetworkDevice`, macOS 12.0.
open class VZNetworkDevice: NSObject {
  private weak var machine: VZVirtualMachine?
  private let index: Int
  /// What QEMU was started with, which can be unplugged and plugged in again but not exchanged.
  private let original: VZNetworkDeviceAttachment?
  private var current: VZNetworkDeviceAttachment?

  init(machine: VZVirtualMachine, index: Int, attachment: VZNetworkDeviceAttachment?) {
    self.machine = machine
    self.index = index
    original = attachment
    current = attachment
    super.init()
  }

  /// The host's end of the cable; nil is an unplugged cable.
  ///
  /// While the machine runs, the attachment it was started with can be taken away and put back. Any other one cannot be
  /// connected on a Linux host: the delegate is told so and the attachment becomes nil.
  public var attachment: VZNetworkDeviceAttachment? {
    get { current }
    set {
      guard newValue !== current else { return }
      guard newValue == nil || newValue === original else {
        disconnect(
          VZError(
            .notSupported, reason: "A Linux host cannot exchange the attachment of a network device.",
            suggestion: "Create the machine with the attachment it shall have."))
        return
      }
      current = newValue
      applyLink()
    }
  }

  /// Tells QEMU of an unplugged cable; also when a machine starts with one.
  func applyLink() {
    guard let session = machine?.session, original != nil else { return }
    let isUp = current != nil
    session.execute(
      "set_link", ["name": .string(QEMUCommandLine.networkDeviceName(index)), "up": .bool(isUp)]
    ) { result in
      if case .failure(.refused(_, let reason)) = result {
        HypervisorLog.write("a network device's cable cannot be \(isUp ? "plugged in" : "unplugged"): \(reason)")
      }
    }
  }

  private func disconnect(_ error: VZError) {
    current = nil
    applyLink()
    guard let machine else { return }
    machine.queue.async {
      machine.delegate?.virtualMachine(machine, networkDevice: self, attachmentWasDisconnectedWithError: error)
    }
  }
}
