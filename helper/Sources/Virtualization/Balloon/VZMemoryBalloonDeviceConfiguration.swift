import Foundation

/// A device by which the guest gives memory back to the host. Use a subclass. (macOS 11)
open class VZMemoryBalloonDeviceConfiguration: NSObject, NSCopying {
  /// Stands in for the bare `init()`, which callers must not have.
  init(base: ()) {
    super.init()
  }

  public func copy(with zone: NSZone? = nil) -> Any {
    snapshot()
  }

  func snapshot() -> VZMemoryBalloonDeviceConfiguration {
    preconditionFailure("\(type(of: self)) must make its own copies")
  }
}
