import Foundation

/// The base class of the graphics devices of a machine.
///
/// Wraps `VZGraphicsDevice`, macOS 14.0.
open class VZGraphicsDevice: NSObject {
  /// The displays, in the order in which they were configured.
  public let displays: [VZGraphicsDisplay]

  init(displays: [VZGraphicsDisplay]) {
    self.displays = displays
    super.init()
  }
}
