import Foundation

/// Answers for the ports it was registered at with ``VZVirtioSocketDevice/setSocketListener(_:forPort:)``.
///
/// Wrapped symbol: `VZVirtioSocketListener`, macOS 11.0.
open class VZVirtioSocketListener: NSObject {
  /// Decides about each connection. Without a delegate every connection is refused.
  public weak var delegate: (any VZVirtioSocketListenerDelegate)?

  public override init() {
    super.init()
  }
}

/// Decides whether a connection that the guest asks for is accepted.
///
/// Wrapped symbol: `VZVirtioSocketListenerDelegate`, macOS 11.0.
public protocol VZVirtioSocketListenerDelegate: NSObjectProtocol {
  /// Called on the machine's queue for each connection to one of the listener's ports.
  ///
  /// - Returns: true to accept; the delegate must then keep `connection`, since releasing it closes it.
  ///   The default refuses: an accepted connection that nobody keeps would be closed at once.
  func listener(
    _ listener: VZVirtioSocketListener, shouldAcceptNewConnection connection: VZVirtioSocketConnection,
    from socketDevice: VZVirtioSocketDevice
  ) -> Bool
}

extension VZVirtioSocketListenerDelegate {
  public func listener(
    _ listener: VZVirtioSocketListener, shouldAcceptNewConnection connection: VZVirtioSocketConnection,
    from socketDevice: VZVirtioSocketDevice
  ) -> Bool {
    false
  }
}
