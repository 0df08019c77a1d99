/// The lease file of macOS's DHCP server: blocks in braces with one `key=value` a line.
package struct DHCPLeases {
  private var addresses: [String: String] = [:]

  package init(_ text: String) {
    var block: [Substring: Substring] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      let line = line.drop { $0 == " " || $0 == "\t" }
      if line.hasPrefix("{") { block = [:] }
      if line.hasPrefix("}"), let hardware = block["hw_address"], let address = block["ip_address"] {
        // The newest lease of an interface comes first in the file.
        let key = Self.normalized(hardware)
        if addresses[key] == nil { addresses[key] = String(address) }
      }
      if let equals = line.firstIndex(of: "=") { block[line[..<equals]] = line[line.index(after: equals)...] }
    }
  }

  /// - Parameter macAddress: six hex bytes with colons.
  package func address(of macAddress: String) -> String? {
    addresses[Self.normalized(Substring(macAddress))]
  }

  /// The file writes `1,a:0:27:0:1:2`: a type in front, and no leading zeros.
  private static func normalized(_ text: Substring) -> String {
    let bytes = text.split(separator: ",").last ?? text
    return bytes.split(separator: ":").map { byte in
      let trimmed = byte.drop { $0 == "0" }
      return trimmed.isEmpty ? "0" : trimmed.lowercased()
    }.joined(separator: ":")
  }
}
