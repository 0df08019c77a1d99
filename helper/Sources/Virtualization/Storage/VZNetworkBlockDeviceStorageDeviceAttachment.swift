import Foundation

/// A disk whose bytes are on an NBD server. Connects when the machine starts, not before. (macOS 14)
open class VZNetworkBlockDeviceStorageDeviceAttachment: VZStorageDeviceAttachment {
  /// Hears how the connection fares.
  public weak var delegate: (any VZNetworkBlockDeviceStorageDeviceAttachmentDelegate)?
  /// The server and its export.
  public let url: URL
  /// How long a connection may take, in seconds.
  public let timeout: TimeInterval
  /// Whether the guest may only read, whatever the server says.
  public let isForcedReadOnly: Bool
  /// What a flush by the guest means.
  public let synchronizationMode: VZDiskSynchronizationMode

  /// An attachment with a timeout of 15 seconds, fully synchronized, writable if the server allows it. Throws what
  /// `validate(_:)` throws.
  public convenience init(url URL: URL) throws {
    try self.init(url: URL, timeout: 15, isForcedReadOnly: false, synchronizationMode: .full)
  }

  /// - Parameter timeout: how long a connection may take, in seconds.
  /// - Throws: what `validate(_:)` throws, also for a timeout that is not a positive number.
  public init(
    url URL: URL, timeout: TimeInterval, isForcedReadOnly forcedReadOnly: Bool,
    synchronizationMode: VZDiskSynchronizationMode
  ) throws {
    try Self.validate(URL)
    guard timeout > 0, timeout.isFinite else {
      throw VZError(
        .invalidVirtualMachineConfiguration, reason: "A timeout of \(timeout) seconds is not a positive number.")
    }
    url = URL
    self.timeout = timeout
    isForcedReadOnly = forcedReadOnly
    self.synchronizationMode = synchronizationMode
    super.init(base: ())
  }

  /// Checks the form of an NBD URL, such as nbd://host/export or nbd+unix:///export?socket=/path. Never connects.
  ///
  /// - Throws: `VZError.invalidVirtualMachineConfiguration` with what is wrong.
  public class func validate(_ url: URL) throws {
    try throwingVZError { try NetworkBlockDeviceURL.check(url) }
  }

  override func check() throws {
    throw ConfigurationProblem.notRun("network block devices")
  }
}
