import Foundation

/// Reads what QEMU's `info usernet` says of port forwards.
enum HostForwardTable {
  /// Lines read like "  TCP[HOST_FORWARD]  12       127.0.0.1 40051       10.0.2.15    22     0     0".
  static func parse(_ text: String) -> [VZNATNetworkDeviceAttachment.PortForward] {
    text.split(whereSeparator: \.isNewline).compactMap { line in
      let words = line.split(separator: " ", omittingEmptySubsequences: true)
      guard words.count >= 6, words[0].hasSuffix("[HOST_FORWARD]"), let hostPort = UInt16(words[3]),
        let guestPort = UInt16(words[5])
      else { return nil }
      return VZNATNetworkDeviceAttachment.PortForward(
        transport: words[0].hasPrefix("UDP") ? .udp : .tcp, hostAddress: words[2] == "*" ? "0.0.0.0" : String(words[2]),
        hostPort: hostPort, guestPort: guestPort)
    }
  }
}
