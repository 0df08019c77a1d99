import Foundation

/// The base class of the memory balloons of a machine.
///
/// Wraps `VZMemoryBalloonDevice`, macOS 11.0.
open class VZMemoryBalloonDevice: NSObject {
  init(base: ()) {
    super.init()
  }
}
