import Foundation

/// A display of a graphics device. Use a subclass. (macOS 14)
open class VZGraphicsDisplayConfiguration: NSObject, NSCopying {
  /// Stands in for the bare `init()`, which callers must not have.
  init(base: ()) {
    super.init()
  }

  public func copy(with zone: NSZone? = nil) -> Any {
    snapshot()
  }

  func snapshot() -> VZGraphicsDisplayConfiguration {
    preconditionFailure("\(type(of: self)) must make its own copies")
  }
}
