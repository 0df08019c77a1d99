import Foundation

/// A stream of a Virtio sound device. Use the input or the output stream. (macOS 12)
open class VZVirtioSoundDeviceStreamConfiguration: NSObject, NSCopying {
  /// Stands in for the bare `init()`, which callers must not have.
  init(base: ()) {
    super.init()
  }

  public func copy(with zone: NSZone? = nil) -> Any {
    snapshot()
  }

  func snapshot() -> VZVirtioSoundDeviceStreamConfiguration {
    preconditionFailure("\(type(of: self)) must make its own copies")
  }
}
