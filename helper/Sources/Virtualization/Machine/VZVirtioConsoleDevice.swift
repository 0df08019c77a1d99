import Foundation

/// A console device of a machine, with its ports. Used on the machine's queue.
///
/// Wraps `VZVirtioConsoleDevice`, macOS 13.0.
open class VZVirtioConsoleDevice: VZConsoleDevice {
  /// Hears when the guest opens and closes a port.
  public weak var delegate: (any VZVirtioConsoleDeviceDelegate)?

  /// The ports by their numbers.
  public let ports: VZVirtioConsolePortArray

  init(configuration: VZVirtioConsoleDeviceConfiguration) {
    ports = VZVirtioConsolePortArray(configuration: configuration.ports)
    super.init(base: ())
  }

  /// Called on the machine's queue.
  func portDidChange(_ number: Int, isOpen: Bool) {
    guard let port = ports[number] else { return }
    if isOpen {
      delegate?.consoleDevice(self, didOpen: port)
    } else {
      delegate?.consoleDevice(self, didClose: port)
    }
  }
}

/// Hears when the guest opens and closes a port. Called on the machine's queue; each function has a default that does
/// nothing. Consoles (`isConsole`) are always open and not told of.
///
/// Wraps `VZVirtioConsoleDeviceDelegate`, macOS 13.0.
public protocol VZVirtioConsoleDeviceDelegate: NSObjectProtocol {
  func consoleDevice(_ consoleDevice: VZVirtioConsoleDevice, didOpen consolePort: VZVirtioConsolePort)

  func consoleDevice(_ consoleDevice: VZVirtioConsoleDevice, didClose consolePort: VZVirtioConsolePort)
}

extension VZVirtioConsoleDeviceDelegate {
  public func consoleDevice(_ consoleDevice: VZVirtioConsoleDevice, didOpen consolePort: VZVirtioConsolePort) {}

  public func consoleDevice(_ consoleDevice: VZVirtioConsoleDevice, didClose consolePort: VZVirtioConsolePort) {}
}
