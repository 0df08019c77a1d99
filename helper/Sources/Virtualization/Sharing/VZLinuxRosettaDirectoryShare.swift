import Foundation

/// Shares Rosetta with a Linux guest. It exists on Apple silicon only, so none can be made on this host. (macOS 13)
open class VZLinuxRosettaDirectoryShare: VZDirectoryShare {
  /// Always `notSupported` on a Linux host.
  public class var availability: VZLinuxRosettaAvailability { .notSupported }

  /// How translations are cached; nil means not at all. (macOS 14)
  public private(set) var cachingOptions: CachingOptions?

  /// - Throws: `VZError.notSupported` on a Linux host.
  public init() throws {
    throw Self.unavailable
  }

  /// Installs Rosetta. The handler, called on any queue, gets `VZError.notSupported` on a Linux host.
  public class func installRosetta(completionHandler: @escaping ((any Error)?) -> Void) {
    DispatchQueue.global().async { completionHandler(unavailable) }
  }

  /// Installs Rosetta.
  ///
  /// - Throws: `VZError.notSupported` on a Linux host.
  public class func installRosetta() async throws {
    throw unavailable
  }

  /// Sets how translations are cached. (macOS 14)
  ///
  /// - Throws: `VZError.invalidVirtualMachineConfiguration` for a path or name that is empty or too long.
  public func setCachingOptions(_ cachingOptions: CachingOptions?) throws {
    try throwingVZError { try cachingOptions?.check() }
    self.cachingOptions = cachingOptions
  }

  private static var unavailable: VZError {
    VZError(.notSupported, reason: "Rosetta needs a host with Apple silicon and macOS.")
  }
}
