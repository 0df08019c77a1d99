import Foundation

/// An interface of the host that a guest's network device can be bridged to. (macOS 11)
open class VZBridgedNetworkInterface: NSObject {
  /// The interface's system name, such as "eth0".
  public let identifier: String
  /// The name that people use, where there is one; Linux hosts have none.
  public var localizedDisplayName: String? { nil }

  /// The host's Ethernet interfaces, in the order of their names.
  public class var networkInterfaces: [VZBridgedNetworkInterface] {
    var first: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&first) == 0 else { return [] }
    defer { freeifaddrs(first) }
    let entries = sequence(first: first, next: { $0?.pointee.ifa_next }).compactMap { $0?.pointee }
    return Set(entries.filter(isEthernet).map { String(cString: $0.ifa_name) }).sorted()
      .map(VZBridgedNetworkInterface.init(identifier:))
  }

  init(identifier: String) {
    self.identifier = identifier
    super.init()
  }

  /// Interfaces with a link-level address of six bytes that can broadcast, so no loopback and no tunnel.
  private static func isEthernet(_ entry: ifaddrs) -> Bool {
    guard let address = entry.ifa_addr, address.pointee.sa_family == sa_family_t(AF_PACKET) else { return false }
    return entry.ifa_flags & UInt32(IFF_BROADCAST) != 0
      && entry.ifa_flags & UInt32(IFF_LOOPBACK) == 0
  }
}
