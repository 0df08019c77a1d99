import Foundation

/// The base class of the console devices of a machine.
///
/// Wraps `VZConsoleDevice`, macOS 13.0.
open class VZConsoleDevice: NSObject {
  init(base: ()) {
    super.init()
  }
}
