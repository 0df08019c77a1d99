import Foundation

/// One port of a console device. Use a subclass. (macOS 13)
open class VZConsolePortConfiguration: NSObject, NSCopying {
  /// What the port is connected to on the host; nil, the default, means nothing.
  public var attachment: VZSerialPortAttachment?

  /// Stands in for the bare `init()`, which callers must not have.
  init(base: ()) {
    super.init()
  }

  public func copy(with zone: NSZone? = nil) -> Any {
    snapshot()
  }

  func snapshot() -> VZConsolePortConfiguration {
    preconditionFailure("\(type(of: self)) must make its own copies")
  }

  /// Throws a `ConfigurationProblem` when the port breaks a rule.
  func check() throws {
    try checking("attachment") { try attachment?.check() }
  }
}
