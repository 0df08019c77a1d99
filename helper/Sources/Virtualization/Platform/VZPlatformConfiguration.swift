import Foundation

/// What a machine's guest sees as its hardware platform. Use a subclass. (macOS 12)
open class VZPlatformConfiguration: NSObject, NSCopying {
  /// Stands in for the bare `init()`, which callers must not have.
  init(base: ()) {
    super.init()
  }

  public func copy(with zone: NSZone? = nil) -> Any {
    snapshot()
  }

  func snapshot() -> VZPlatformConfiguration {
    preconditionFailure("\(type(of: self)) must make its own copies")
  }

  /// Throws a `ConfigurationProblem` when this host cannot provide the platform.
  func check() throws {
    preconditionFailure("\(type(of: self)) must check itself")
  }
}
