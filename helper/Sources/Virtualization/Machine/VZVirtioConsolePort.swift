import Foundation

/// A port of a console device of a machine.
///
/// Wraps `VZVirtioConsolePort`, macOS 13.0.
open class VZVirtioConsolePort: NSObject {
  private let configuration: VZVirtioConsolePortConfiguration

  /// The name the guest finds it by; it does not change while the machine runs.
  public let name: String?

  init(configuration: VZVirtioConsolePortConfiguration) {
    self.configuration = configuration
    name = configuration.name
    super.init()
  }

  /// The host's end. On a Linux host a change takes effect when the machine is started the next time.
  public var attachment: VZSerialPortAttachment? {
    get { configuration.attachment }
    set { configuration.attachment = newValue }
  }
}

/// The ports of a console device by their numbers.
///
/// Wraps `VZVirtioConsolePortArray`, macOS 13.0.
open class VZVirtioConsolePortArray: NSObject {
  private let ports: [Int: VZVirtioConsolePort]

  /// Larger than the highest number in use.
  public let maximumPortCount: UInt32

  init(configuration: VZVirtioConsolePortConfigurationArray) {
    maximumPortCount = configuration.maximumPortCount
    ports = Dictionary(
      uniqueKeysWithValues: configuration.configured.map { ($0.index, VZVirtioConsolePort(configuration: $0.port)) })
    super.init()
  }

  /// The port of that number, or nil.
  public subscript(portIndex: Int) -> VZVirtioConsolePort? { ports[portIndex] }
}
