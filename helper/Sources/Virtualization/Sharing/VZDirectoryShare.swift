import Foundation

/// Which directories of the host a device shows. Use a subclass. (macOS 12)
open class VZDirectoryShare: NSObject {
  /// Stands in for the bare `init()`, which callers must not have.
  init(base: ()) {
    super.init()
  }

  /// Throws a `ConfigurationProblem` when a directory cannot be shared.
  func check() throws {
    preconditionFailure("\(type(of: self)) must check itself")
  }
}
