import Foundation

/// What a network device is connected to on the host. Use a subclass. (macOS 11)
open class VZNetworkDeviceAttachment: NSObject {
  /// Stands in for the bare `init()`, which callers must not have.
  init(base: ()) {
    super.init()
  }

  /// Throws a `ConfigurationProblem` when the host cannot make the connection.
  func check() throws {
    preconditionFailure("\(type(of: self)) must check itself")
  }
}
