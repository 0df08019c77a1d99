import Foundation
import HostSystem

/// No file may be the disk of two devices when one of them writes: both guests' caches would be wrong at once.
struct DiskSharingCheck {
  let devices: [VZStorageDeviceConfiguration]

  func run() throws {
    var users: [FileIdentity: (index: Int, readOnly: Bool)] = [:]
    for (index, device) in devices.enumerated() {
      guard let attachment = device.attachment as? VZDiskImageStorageDeviceAttachment else { continue }
      let status = try HostFile(role: "disk image", url: attachment.url, code: .invalidDiskImage).status()
      let identity = FileIdentity(status)
      if let other = users[identity], !(other.readOnly && attachment.isReadOnly) {
        throw ConfigurationProblem(
          "The disk image \(attachment.url.path) is attached to storageDevices[\(other.index)] too.",
          suggestion: "Attach it once, or read-only everywhere."
        ).in("storageDevices[\(index)].attachment")
      }
      users[identity] = (index, attachment.isReadOnly)
    }
  }
}
