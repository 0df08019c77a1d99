import Foundation

/// Options of one start; the base class has none.
///
/// Wraps `VZVirtualMachineStartOptions`, macOS 13.0.
open class VZVirtualMachineStartOptions: NSObject {
  public override init() {
    super.init()
  }
}
