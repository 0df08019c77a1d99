import Foundation

/// A source of random numbers for the guest. Use a subclass. (macOS 11)
open class VZEntropyDeviceConfiguration: NSObject, NSCopying {
  /// Stands in for the bare `init()`, which callers must not have.
  init(base: ()) {
    super.init()
  }

  public func copy(with zone: NSZone? = nil) -> Any {
    snapshot()
  }

  func snapshot() -> VZEntropyDeviceConfiguration {
    preconditionFailure("\(type(of: self)) must make its own copies")
  }
}
