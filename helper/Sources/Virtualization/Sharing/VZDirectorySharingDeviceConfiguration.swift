import Foundation

/// A device that shows directories of the host to the guest. Use a subclass. (macOS 12)
open class VZDirectorySharingDeviceConfiguration: NSObject, NSCopying {
  /// Stands in for the bare `init()`, which callers must not have.
  init(base: ()) {
    super.init()
  }

  public func copy(with zone: NSZone? = nil) -> Any {
    snapshot()
  }

  func snapshot() -> VZDirectorySharingDeviceConfiguration {
    preconditionFailure("\(type(of: self)) must make its own copies")
  }

  /// Throws a `ConfigurationProblem` when the device breaks a rule.
  func check() throws {
    preconditionFailure("\(type(of: self)) must check itself")
  }
}
