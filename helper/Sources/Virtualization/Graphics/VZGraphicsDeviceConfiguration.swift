import Foundation

/// A graphics device of the guest. Use a subclass. (macOS 12)
open class VZGraphicsDeviceConfiguration: NSObject, NSCopying {
  /// Stands in for the bare `init()`, which callers must not have.
  init(base: ()) {
    super.init()
  }

  public func copy(with zone: NSZone? = nil) -> Any {
    snapshot()
  }

  func snapshot() -> VZGraphicsDeviceConfiguration {
    preconditionFailure("\(type(of: self)) must make its own copies")
  }

  /// Throws a `ConfigurationProblem` when the device breaks a rule or this host cannot provide it.
  func check() throws {
    preconditionFailure("\(type(of: self)) must check itself")
  }

  /// The device that a machine has by this configuration.
  func makeDevice() -> VZGraphicsDevice {
    preconditionFailure("\(type(of: self)) must make its own device")
  }

  /// The displays, in order.
  var displayPlans: [DisplayPlan] { [] }
}
