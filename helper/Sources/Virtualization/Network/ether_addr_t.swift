// The spelling is C's.
// swift-format-ignore: TypeNamesShouldBeCapitalized
/// The six bytes of an Ethernet address, as macOS spells the C structure that glibc calls `ether_addr`.
public struct ether_addr_t: Sendable {
  /// The address's bytes, in the order in which they are sent.
  public var octet: (UInt8, UInt8, UInt8, UInt8, UInt8, UInt8)

  /// The address 00:00:00:00:00:00.
  public init() {
    octet = (0, 0, 0, 0, 0, 0)
  }

  /// An address of six bytes.
  public init(octet: (UInt8, UInt8, UInt8, UInt8, UInt8, UInt8)) {
    self.octet = octet
  }
}
