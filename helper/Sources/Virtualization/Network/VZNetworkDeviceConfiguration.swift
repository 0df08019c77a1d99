import Foundation

/// A network device of the guest. Use a subclass. (macOS 11)
open class VZNetworkDeviceConfiguration: NSObject, NSCopying {
  /// The device's address: random, local and unicast by default.
  public var macAddress = VZMACAddress.randomLocallyAdministered()
  /// What the device is connected to on the host; nil by default, which no machine accepts.
  public var attachment: VZNetworkDeviceAttachment?

  /// Stands in for the bare `init()`, which callers must not have.
  init(base: ()) {
    super.init()
  }

  public func copy(with zone: NSZone? = nil) -> Any {
    snapshot()
  }

  func snapshot() -> VZNetworkDeviceConfiguration {
    preconditionFailure("\(type(of: self)) must make its own copies")
  }

  /// Throws a `ConfigurationProblem` when the device breaks a rule or this host cannot provide it.
  func check() throws {
    try checking("macAddress") {
      guard macAddress.isUnicastAddress else {
        throw ConfigurationProblem("\(macAddress.string) is a multicast address; a device needs a unicast one.")
      }
      guard macAddress.string != "00:00:00:00:00:00" else {
        throw ConfigurationProblem("00:00:00:00:00:00 is not an address of a device.")
      }
    }
    try checking("attachment") {
      guard let attachment else { throw ConfigurationProblem("The network device needs an attachment.") }
      try attachment.check()
    }
  }
}
