import Foundation

/// A keyboard of the guest. Use a subclass. (macOS 12)
open class VZKeyboardConfiguration: NSObject, NSCopying {
  /// Stands in for the bare `init()`, which callers must not have.
  init(base: ()) {
    super.init()
  }

  public func copy(with zone: NSZone? = nil) -> Any {
    snapshot()
  }

  func snapshot() -> VZKeyboardConfiguration {
    preconditionFailure("\(type(of: self)) must make its own copies")
  }

  /// Throws a `ConfigurationProblem` when the device breaks a rule or this host cannot provide it.
  func check() throws {
    preconditionFailure("\(type(of: self)) must check itself")
  }
}
