import Foundation

/// Ports of the host's IPv4 network.
package enum InternetPort {
  package static func isAddress(_ text: String) -> Bool {
    var address = in_addr()
    return !text.utf8.contains(0) && inet_pton(AF_INET, text, &address) == 1
  }

  /// A port that nobody uses at the moment.
  package static func findFree(on hostAddress: String, isUDP: Bool) throws -> UInt16 {
    let descriptor = socket(AF_INET, isUDP ? datagram : stream, 0)
    guard descriptor >= 0 else { throw SystemError(errno, "make a socket") }
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    inet_pton(AF_INET, hostAddress, &address.sin_addr)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let failed = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) != 0 || getsockname(descriptor, $0, &length) != 0
      }
    }
    if failed { throw SystemError(errno, "find a free port on \(hostAddress)") }
    return UInt16(bigEndian: address.sin_port)
  }

  #if os(Linux)
    private static let stream = Int32(SOCK_STREAM.rawValue)
    private static let datagram = Int32(SOCK_DGRAM.rawValue)
  #else
    private static let stream = SOCK_STREAM
    private static let datagram = SOCK_DGRAM
  #endif
}
