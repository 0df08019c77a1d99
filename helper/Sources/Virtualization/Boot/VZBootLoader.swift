import Foundation

/// How a machine's first code gets into its memory. Use a subclass such as `VZLinuxBootLoader`. (macOS 11)
open class VZBootLoader: NSObject, NSCopying {
  /// Stands in for the bare `init()`, which callers must not have: only subclasses can boot anything.
  init(base: ()) {
    super.init()
  }

  public func copy(with zone: NSZone? = nil) -> Any {
    snapshot()
  }

  func snapshot() -> VZBootLoader {
    preconditionFailure("\(type(of: self)) must make its own copies")
  }

  /// Throws a `ConfigurationProblem` when the machine could not boot with this loader.
  func check(in configuration: VZVirtualMachineConfiguration) throws {
    preconditionFailure("\(type(of: self)) must check itself")
  }
}
