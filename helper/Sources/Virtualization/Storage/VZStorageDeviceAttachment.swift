import Foundation

/// Where a disk's bytes are on the host. Use a subclass. (macOS 11)
open class VZStorageDeviceAttachment: NSObject {
  /// Stands in for the bare `init()`, which callers must not have.
  init(base: ()) {
    super.init()
  }

  /// Throws a `ConfigurationProblem` when the bytes cannot be reached (any more).
  func check() throws {
    preconditionFailure("\(type(of: self)) must check itself")
  }
}
