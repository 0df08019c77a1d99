import Virtualization

/// Exchanging what a device shares. The framework's property cannot fail; an exchange on Linux can.
package enum ShareExchange {
  /// On the machine's queue. After an error the old share is still in place.
  package static func set(_ share: VZDirectoryShare?, of device: VZVirtioFileSystemDevice) throws {
    #if os(Linux)
      try device.exchange(share)
    #else
      device.share = share
    #endif
  }
}
