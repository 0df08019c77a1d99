import Foundation

/// The base class of the socket devices of a running machine.
///
/// Wraps nothing by itself: ``VZVirtualMachine/socketDevices`` holds its subclasses, one per configured device.
/// Wrapped symbol: `VZSocketDevice`, macOS 11.0.
open class VZSocketDevice: NSObject {
  /// Named otherwise than `init()` so that nobody outside can make one.
  internal init(internally: Void) {
    super.init()
  }
}
