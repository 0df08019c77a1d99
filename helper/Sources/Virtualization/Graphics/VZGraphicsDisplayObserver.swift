import Foundation

/// Hears of changes of a display, on the machine's queue.
///
/// Wraps `VZGraphicsDisplayObserver`, macOS 14.0. Every method is optional, which here means that it has a default.
public protocol VZGraphicsDisplayObserver: NSObjectProtocol {
  /// The display begins to take a new size or density.
  func displayDidBeginReconfiguration(_ display: VZGraphicsDisplay)

  /// The display has the new size or density, unless the guest did not obey.
  func displayDidEndReconfiguration(_ display: VZGraphicsDisplay)
}

extension VZGraphicsDisplayObserver {
  public func displayDidBeginReconfiguration(_ display: VZGraphicsDisplay) {}
  public func displayDidEndReconfiguration(_ display: VZGraphicsDisplay) {}
}
