import Foundation

/// A Virtio file system device, which a Linux guest mounts with `mount -t virtiofs TAG FOLDER`. (macOS 12)
open class VZVirtioFileSystemDeviceConfiguration: VZDirectorySharingDeviceConfiguration {
  /// The name by which the guest mounts the share: not empty, less than 36 bytes of UTF-8, unique in the machine.
  public var tag: String
  /// What is shared; nil, the default, shows an empty folder until a share is set.
  public var share: VZDirectoryShare?

  /// The tag that a macOS guest mounts by itself. (macOS 13)
  public class var macOSGuestAutomountTag: String { "com.apple.virtio-fs.automount" }

  /// A device with a tag, which is checked by `validateTag(_:)` and by the configuration's `validate()`.
  public init(tag: String) {
    self.tag = tag
    super.init(base: ())
  }

  /// Checks a tag.
  ///
  /// - Throws: `VZError.invalidVirtualMachineConfiguration` when it is empty, has 36 bytes of UTF-8 or more, or a NUL.
  public class func validateTag(_ tag: String) throws {
    try throwingVZError { try checkTag(tag) }
  }

  /// The field of the device's configuration space; it needs no end mark, but the framework leaves room for one.
  private static let tagFieldSize = 36

  private static func checkTag(_ tag: String) throws {
    guard !tag.isEmpty else { throw ConfigurationProblem("The tag of a shared file system is empty.") }
    guard tag.utf8.count < tagFieldSize else {
      throw ConfigurationProblem(
        "The tag \(tag.debugDescription) has \(tag.utf8.count) bytes of UTF-8; it must have less than \(tagFieldSize).")
    }
    guard !tag.utf8.contains(0) else { throw ConfigurationProblem("The tag contains a NUL character.") }
  }

  override func snapshot() -> VZDirectorySharingDeviceConfiguration {
    let copy = VZVirtioFileSystemDeviceConfiguration(tag: tag)
    copy.share = share
    return copy
  }

  override func check() throws {
    try checking("tag") { try Self.checkTag(tag) }
    try checking("share") { try share?.check() }
  }
}
