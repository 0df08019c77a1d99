import Foundation

/// The base class of the devices of a machine that share folders with the host.
///
/// Wraps `VZDirectorySharingDevice`, macOS 12.0.
open class VZDirectorySharingDevice: NSObject {
  init(base: ()) {
    super.init()
  }
}
