import Foundation

/// A disk of the guest. Use a subclass, which says how the guest reaches the disk. (macOS 11)
open class VZStorageDeviceConfiguration: NSObject, NSCopying {
  /// Where the disk's bytes are on the host.
  public let attachment: VZStorageDeviceAttachment

  /// Stands in for the bare `init()`, which callers must not have.
  init(base attachment: VZStorageDeviceAttachment) {
    self.attachment = attachment
    super.init()
  }

  public func copy(with zone: NSZone? = nil) -> Any {
    snapshot()
  }

  func snapshot() -> VZStorageDeviceConfiguration {
    preconditionFailure("\(type(of: self)) must make its own copies")
  }

  /// Throws a `ConfigurationProblem` when the device breaks a rule or this host cannot provide it.
  func check() throws {
    try checkAttachment()
  }

  func checkAttachment() throws {
    try checking("attachment") { try attachment.check() }
  }
}
