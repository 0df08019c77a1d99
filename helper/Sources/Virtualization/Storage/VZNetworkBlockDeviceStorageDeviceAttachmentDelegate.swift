import Foundation

/// Hears how the connection to a network block device fares. (macOS 14)
public protocol VZNetworkBlockDeviceStorageDeviceAttachmentDelegate: NSObjectProtocol {
  /// The connection was made, at first or again.
  func attachmentWasConnected(_ attachment: VZNetworkBlockDeviceStorageDeviceAttachment)
  /// The connection is lost for good.
  func attachment(_ attachment: VZNetworkBlockDeviceStorageDeviceAttachment, didEncounterError error: any Error)
}

// Every method is optional.
extension VZNetworkBlockDeviceStorageDeviceAttachmentDelegate {
  public func attachmentWasConnected(_ attachment: VZNetworkBlockDeviceStorageDeviceAttachment) {}

  public func attachment(
    _ attachment: VZNetworkBlockDeviceStorageDeviceAttachment, didEncounterError error: any Error
  ) {}
}
