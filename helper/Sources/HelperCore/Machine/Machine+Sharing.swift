import HelperProtocol
import Virtualization

/// Shared folders. On the machine's queue.
extension Machine {
  /// The devices that share folders, in the order of the configuration.
  var sharingDevices: [VZVirtioFileSystemDevice] {
    virtualMachine.directorySharingDevices.compactMap { $0 as? VZVirtioFileSystemDevice }
  }

  /// - Parameter field: names the tag in messages.
  /// - Throws: `deviceNotConfigured` when no device has the tag.
  func sharingDevice(_ tag: String, at field: String) throws -> VZVirtioFileSystemDevice {
    let devices = sharingDevices
    if let device = devices.first(where: { $0.tag == tag }) { return device }
    let known = devices.map { "\"\($0.tag)\"" }.joined(separator: ", ")
    throw WireError(
      .deviceNotConfigured,
      "The machine \(title) shares nothing with the tag \"\(String(tag.prefix(64)).printable)\"; "
        + (known.isEmpty
          ? "add a device to directorySharingDevices and create it again." : "it has \(known)."),
      path: field)
  }
}
