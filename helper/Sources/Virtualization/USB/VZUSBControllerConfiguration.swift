import Foundation

/// A USB controller of the guest. Use a subclass. (macOS 15)
open class VZUSBControllerConfiguration: NSObject, NSCopying {
  /// The devices that are attached from the start; empty by default.
  public var usbDevices: [any VZUSBDeviceConfiguration] = []

  /// Stands in for the bare `init()`, which callers must not have.
  init(base: ()) {
    super.init()
  }

  public func copy(with zone: NSZone? = nil) -> Any {
    snapshot()
  }

  func snapshot() -> VZUSBControllerConfiguration {
    preconditionFailure("\(type(of: self)) must make its own copies")
  }

  /// Throws a `ConfigurationProblem` when the controller breaks a rule or this host cannot provide it.
  func check() throws {
    preconditionFailure("\(type(of: self)) must check itself")
  }
}
