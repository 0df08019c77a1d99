import Foundation

/// The Ethernet address of a network device. Equal when the bytes are. (macOS 11)
open class VZMACAddress: NSObject, NSCopying {
  /// The address's six bytes.
  public let ethernetAddress: ether_addr_t

  /// The address of six bytes.
  public required init(ethernetAddress: ether_addr_t) {
    self.ethernetAddress = ethernetAddress
    super.init()
  }

  /// The address that a string like "01:23:45:ab:cd:ef" spells, in either case; nil for anything else.
  public convenience init?(string: String) {
    guard let bytes = MACAddressText.parse(string) else { return nil }
    self.init(ethernetAddress: ether_addr_t(octet: bytes))
  }

  /// A random unicast address with the local bit set. That no other device has it is likely, not certain.
  public class func randomLocallyAdministered() -> Self {
    var octet = ether_addr_t().octet
    withUnsafeMutableBytes(of: &octet) { bytes in
      for index in bytes.indices { bytes[index] = UInt8.random(in: 0...UInt8.max) }
      bytes[0] = bytes[0] & ~Flag.multicast | Flag.local
    }
    return Self(ethernetAddress: ether_addr_t(octet: octet))
  }

  /// The address in lower case with colons; `init(string:)` accepts it.
  public var string: String {
    MACAddressText.format(ethernetAddress.octet)
  }

  /// Whether this is ff:ff:ff:ff:ff:ff.
  public var isBroadcastAddress: Bool {
    withUnsafeBytes(of: ethernetAddress.octet) { $0.allSatisfy { $0 == 0xff } }
  }

  /// Whether the address means several receivers.
  public var isMulticastAddress: Bool {
    ethernetAddress.octet.0 & Flag.multicast != 0
  }

  /// Whether the address means one receiver.
  public var isUnicastAddress: Bool {
    !isMulticastAddress
  }

  /// Whether the address was given by whoever runs the network.
  public var isLocallyAdministeredAddress: Bool {
    ethernetAddress.octet.0 & Flag.local != 0
  }

  /// Whether the address was given by the device's maker.
  public var isUniversallyAdministeredAddress: Bool {
    !isLocallyAdministeredAddress
  }

  public func copy(with zone: NSZone? = nil) -> Any {
    self
  }

  public override func isEqual(_ object: Any?) -> Bool {
    (object as? VZMACAddress)?.string == string
  }

  public override var hash: Int {
    string.hashValue
  }

  /// Bits of the first byte.
  private enum Flag {
    static let multicast: UInt8 = 0x01
    static let local: UInt8 = 0x02
  }
}
