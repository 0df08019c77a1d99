import Foundation

/// A Virtio console device with any number of ports. (macOS 13)
open class VZVirtioConsoleDeviceConfiguration: VZConsoleDeviceConfiguration {
  /// The device's ports, empty by default.
  public let ports: VZVirtioConsolePortConfigurationArray

  public init() {
    ports = VZVirtioConsolePortConfigurationArray(ports: [:], maximumPortCount: nil)
    super.init(base: ())
  }

  private init(copying ports: VZVirtioConsolePortConfigurationArray) {
    self.ports = ports.snapshot()
    super.init(base: ())
  }

  override func snapshot() -> VZConsoleDeviceConfiguration {
    VZVirtioConsoleDeviceConfiguration(copying: ports)
  }

  override func check() throws {
    try checking("ports") { try ports.check() }
  }
}
