import Foundation

/// The base class of storage devices that can be attached to a running machine.
///
/// Wraps `VZStorageDevice`, macOS 15.0.
open class VZStorageDevice: NSObject {
  init(base: ()) {
    super.init()
  }
}
