import Foundation

/// A device for sockets between host and guest. Use a subclass. (macOS 11)
open class VZSocketDeviceConfiguration: NSObject, NSCopying {
  /// Stands in for the bare `init()`, which callers must not have.
  init(base: ()) {
    super.init()
  }

  public func copy(with zone: NSZone? = nil) -> Any {
    snapshot()
  }

  func snapshot() -> VZSocketDeviceConfiguration {
    preconditionFailure("\(type(of: self)) must make its own copies")
  }
}
