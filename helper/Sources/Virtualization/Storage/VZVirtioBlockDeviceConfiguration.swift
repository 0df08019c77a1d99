import Foundation

/// A disk on a Virtio block device. (macOS 11)
open class VZVirtioBlockDeviceConfiguration: VZStorageDeviceConfiguration {
  /// The disk's serial as the guest reads it: "" by default, else at most 20 bytes of ASCII. Setting another value is a
  /// programming error; `validateBlockDeviceIdentifier(_:)` tells beforehand. (macOS 12.3)
  public var blockDeviceIdentifier = "" {
    didSet {
      do {
        try Self.checkBlockDeviceIdentifier(blockDeviceIdentifier)
      } catch {
        preconditionFailure("\(error)")
      }
    }
  }

  /// A disk with the bytes of `attachment`.
  public init(attachment: VZStorageDeviceAttachment) {
    super.init(base: attachment)
  }

  /// Checks an identifier before it is set. (macOS 12.3)
  ///
  /// - Throws: `VZError.invalidVirtualMachineConfiguration` when it is not ASCII or longer than 20 bytes.
  public class func validateBlockDeviceIdentifier(_ blockDeviceIdentifier: String) throws {
    try throwingVZError { try checkBlockDeviceIdentifier(blockDeviceIdentifier) }
  }

  private static let maximumIdentifierLength = 20

  private static func checkBlockDeviceIdentifier(_ identifier: String) throws {
    guard identifier.utf8.allSatisfy({ $0 != 0 && $0 < 0x80 }) else {
      throw ConfigurationProblem("The block device identifier must consist of ASCII characters without NUL.")
    }
    guard identifier.utf8.count <= maximumIdentifierLength else {
      throw ConfigurationProblem(
        "The block device identifier has \(identifier.utf8.count) bytes; the limit is \(maximumIdentifierLength).")
    }
  }

  override func snapshot() -> VZStorageDeviceConfiguration {
    let copy = VZVirtioBlockDeviceConfiguration(attachment: attachment)
    copy.blockDeviceIdentifier = blockDeviceIdentifier
    return copy
  }
}
