import Foundation

/// Puts the guest on the network of one of the host's interfaces. (macOS 11)
open class VZBridgedNetworkDeviceAttachment: VZNetworkDeviceAttachment {
  /// The interface.
  public let interface: VZBridgedNetworkInterface

  /// An attachment to one of `VZBridgedNetworkInterface.networkInterfaces`.
  public init(interface: VZBridgedNetworkInterface) {
    self.interface = interface
    super.init(base: ())
  }

  override func check() throws {
    throw ConfigurationProblem.notRun("bridged networks")
  }
}
