/// The lease file of macOS's DHCP server: blocks in braces with one `key=value` a line.
///
/// The server writes into it what guests say of themselves, so that nothing in it is trusted: it is read as bytes, and a
/// block that is not whole or names no address is left out.
package struct DHCPLeases {
  /// An address that the server gave to an interface.
  package struct Lease: Equatable {
    package let address: String
    /// When the lease ends, in seconds since 1970; nil when the file does not say.
    package let end: UInt64?

    package init(address: String, end: UInt64?) {
      self.address = address
      self.end = end
    }

    /// Whether the lease ended before a time, in seconds since 1970.
    package func isExpired(at time: UInt64) -> Bool { end.map { $0 < time } ?? false }
  }

  private var leases: [HardwareAddress: Lease] = [:]

  package init(_ file: some Collection<UInt8>) {
    let entries = Self.entries(file)
    // The file has the entry that was written last in front, which decides between leases that end together.
    var owners: [String: Entry] = [:]
    for entry in entries where owners[entry.lease.address].map(entry.endsAfter) ?? true {
      owners[entry.lease.address] = entry
    }
    var found: [HardwareAddress: Entry] = [:]
    // An address that a later lease gave to another interface is no longer this one's.
    for entry in entries where owners[entry.lease.address]?.hardware == entry.hardware {
      if found[entry.hardware].map(entry.endsAfter) ?? true { found[entry.hardware] = entry }
    }
    leases = found.mapValues(\.lease)
  }

  /// The lease of an interface that ends last.
  ///
  /// - Parameter macAddress: six hex bytes with colons.
  package func lease(of macAddress: String) -> Lease? {
    HardwareAddress(Substring(macAddress)).flatMap { leases[$0] }
  }

  private struct Entry {
    let hardware: HardwareAddress
    let lease: Lease

    /// Nil when the block lacks the interface or an address.
    init?(_ block: [Substring: Substring]) {
      guard let hardware = block["hw_address"].flatMap(HardwareAddress.init),
        let address = block["ip_address"].map(String.init), InternetPort.isAddress(address)
      else { return nil }
      let digits = block["lease"].map { $0.hasPrefix("0x") ? $0.dropFirst(2) : $0 }
      self.hardware = hardware
      lease = Lease(address: address, end: digits.flatMap { UInt64($0, radix: 16) })
    }

    func endsAfter(_ other: Entry) -> Bool { (lease.end ?? 0) > (other.lease.end ?? 0) }
  }

  /// All whole blocks, in the order of the file.
  private static func entries(_ file: some Collection<UInt8>) -> [Entry] {
    var entries: [Entry] = []
    var block: [Substring: Substring] = [:]
    // By bytes: a host name may hold what Unicode takes for the end of a line, or may not be UTF-8 at all.
    for bytes in Array(file).split(separator: UInt8(ascii: "\n")) {
      let line = String(decoding: bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes, as: UTF8.self)
        .drop { $0 == " " || $0 == "\t" }
      if line == "{" { block = [:] }
      if line == "}" {
        if let entry = Entry(block) { entries.append(entry) }
        block = [:]
      }
      if let equals = line.firstIndex(of: "=") { block[line[..<equals]] = line[line.index(after: equals)...] }
    }
    return entries
  }

  /// Six bytes of an Ethernet address. The file writes `1,a:0:27:0:1:2`: the type in front, and no leading zeros.
  private struct HardwareAddress: Hashable {
    private let bytes: [UInt8]

    /// Nil for anything else, such as the identifiers of other types.
    init?(_ text: Substring) {
      var parts = text.split(separator: ",", omittingEmptySubsequences: false)
      if parts.count == 2, parts[0] == "1" { parts.removeFirst() }
      guard parts.count == 1 else { return nil }
      let bytes = parts[0].split(separator: ":", omittingEmptySubsequences: false)
      self.bytes = bytes.compactMap { $0.utf8.count <= 2 ? UInt8($0, radix: 16) : nil }
      guard bytes.count == 6, self.bytes.count == 6 else { return nil }
    }
  }
}
