import Foundation

/// The base class of the displays of a graphics device. Used on the machine's queue.
///
/// Wraps `VZGraphicsDisplay`, macOS 14.0.
open class VZGraphicsDisplay: NSObject {
  /// The size in pixels that the guest is offered. What it makes of it, such as a text mode, is its own affair.
  public let sizeInPixels: CGSize

  private struct Observer {
    weak var object: (any VZGraphicsDisplayObserver)?
  }

  /// Held weakly: an observer need not be taken away before it goes.
  private var observers: [Observer] = []

  init(widthInPixels: Int, heightInPixels: Int) {
    sizeInPixels = CGSize(width: widthInPixels, height: heightInPixels)
    super.init()
  }

  /// Tells the observer of changes from now on. Twice is as once.
  public func addObserver(_ observer: any VZGraphicsDisplayObserver) {
    removeObserver(observer)
    observers.append(Observer(object: observer))
  }

  /// Does nothing if it was not added.
  public func removeObserver(_ observer: any VZGraphicsDisplayObserver) {
    observers.removeAll { $0.object == nil || $0.object === observer }
  }

  /// Asks the guest to take another size.
  ///
  /// - Throws: `VZError.invalidVirtualMachineConfiguration` for a size that no display can have, `VZError.notSupported` for
  ///   any but the present one: QEMU offers a display's size only to those who look at it through a viewer.
  public func reconfigure(sizeInPixels: CGSize) throws {
    try throwingVZError {
      for (place, value) in [("width", sizeInPixels.width), ("height", sizeInPixels.height)] {
        guard DisplaySize.allowed.contains(value) else {
          throw ConfigurationProblem("\(value) pixels is not between 1 and \(Int(DisplaySize.allowed.upperBound)).")
            .in("sizeInPixels.\(place)")
        }
      }
    }
    guard sizeInPixels != self.sizeInPixels else { return }
    throw Self.fixedSizeError
  }

  /// As ``reconfigure(sizeInPixels:)``, and the density of a Mac's display.
  ///
  /// - Throws: also `VZError.invalidVirtualMachineConfiguration` for a configuration of another kind of display.
  public func reconfigure(configuration: VZGraphicsDisplayConfiguration) throws {
    let kind = type(of: self)
    throw VZError(
      .invalidVirtualMachineConfiguration,
      reason: "A \(kind) cannot be reconfigured with a \(type(of: configuration)).",
      suggestion: "Use the kind of configuration that the display was made with.")
  }

  static let fixedSizeError = VZError(
    .notSupported, reason: "On a Linux host a display keeps the size and the density it was configured with.",
    suggestion: "Stop the machine and make it again with another size.")
}

/// What sizes displays can have.
enum DisplaySize {
  /// A display larger than this is one that no guest can drive.
  static let allowed: ClosedRange<CGFloat> = 1...16384
}
