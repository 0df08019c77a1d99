import Foundation

/// Hears of what a machine does by itself. All functions are called on the machine's queue; each has a default that does
/// nothing.
///
/// Wraps `VZVirtualMachineDelegate`, macOS 11.0.
public protocol VZVirtualMachineDelegate: NSObjectProtocol {
  /// The guest turned itself off, also when it was asked to.
  func guestDidStop(_ virtualMachine: VZVirtualMachine)

  /// The machine stopped because of an error. Its state is `error`.
  func virtualMachine(_ virtualMachine: VZVirtualMachine, didStopWithError error: any Error)

  /// A network device lost its attachment, which is nil from now on (macOS 12.0).
  func virtualMachine(
    _ virtualMachine: VZVirtualMachine, networkDevice: VZNetworkDevice,
    attachmentWasDisconnectedWithError error: any Error)
}

extension VZVirtualMachineDelegate {
  public func guestDidStop(_ virtualMachine: VZVirtualMachine) {}

  public func virtualMachine(_ virtualMachine: VZVirtualMachine, didStopWithError error: any Error) {}

  public func virtualMachine(
    _ virtualMachine: VZVirtualMachine, networkDevice: VZNetworkDevice,
    attachmentWasDisconnectedWithError error: any Error
  ) {}
}
