import Foundation

/// A USB device of a controller's configuration. Only the framework's own classes conform. (macOS 15)
public protocol VZUSBDeviceConfiguration: NSObjectProtocol {
  /// Tells the device from others. Generated; to restore a saved machine, set it to what it was when saving.
  var uuid: UUID { get set }
}
