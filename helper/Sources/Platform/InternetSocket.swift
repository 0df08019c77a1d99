import Foundation
import HostSystem

/// IPv4 stream sockets, non-blocking and closed on exec.
package enum InternetSocket {
  /// A socket that listens at a port of the host.
  package static func listen(on hostAddress: String, port: UInt16) throws -> Int32 {
    let descriptor = try make()
    // Connections of an earlier listener that linger do not count.
    var value: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &value, socklen_t(MemoryLayout<Int32>.size))
    let failed = withAddress(hostAddress, port) {
      bind(descriptor, $0, $1) != 0 || Foundation.listen(descriptor, 64) != 0
    }
    guard !failed else { throw closing(descriptor, "listen on port \(port) of \(hostAddress)") }
    return descriptor
  }

  /// A socket on its way to a connection: it is there, or has failed, when the socket can be written.
  package static func startConnecting(to address: String, port: UInt16) throws -> Int32 {
    let descriptor = try make()
    let failed = withAddress(address, port) { connect(descriptor, $0, $1) != 0 }
    guard !failed || errno == EINPROGRESS else { throw closing(descriptor, "connect to port \(port) of \(address)") }
    return descriptor
  }

  /// Why a connection that was started has failed; 0 when it is there.
  package static func outcome(of descriptor: Int32) -> Int32 {
    var number: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &number, &length) == 0 ? number : errno
  }

  private static func make() throws -> Int32 {
    let descriptor = try StreamSockets.make(AF_INET)
    Descriptors.makeNonBlocking(descriptor)
    return descriptor
  }

  private static func closing(_ descriptor: Int32, _ attempt: String) -> SystemError {
    defer { close(descriptor) }
    return SystemError(errno, attempt)
  }

  private static func withAddress<Result>(
    _ text: String, _ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    inet_pton(AF_INET, text, &address.sin_addr)
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}
