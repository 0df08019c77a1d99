import Foundation
import HostSystem

/// A port of the host's IPv4 network, kept for a machine for as long as this exists: nobody else gets it, except the
/// hypervisor while the machine is said to use it. Used by one thread at a time.
package final class PortReservation {
  package let port: UInt16
  private let address: sockaddr_in
  private let isUDP: Bool
  /// Bound to the port and never listening, or -1.
  private var descriptor: Int32

  /// - Parameters:
  ///   - hostAddress: one that ``InternetPort/isAddress(_:)`` accepts.
  ///   - port: 0 for any that is free.
  /// - Throws: `SystemError`: `EADDRINUSE`, `EACCES` for a port that needs privileges, `EADDRNOTAVAIL` when the address is
  ///   not the host's.
  package init(on hostAddress: String, port: UInt16 = 0, isUDP: Bool) throws {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    inet_pton(AF_INET, hostAddress, &address.sin_addr)
    self.isUDP = isUDP
    descriptor = try Self.bind(
      &address, isUDP: isUDP, purpose: "use \(port == 0 ? "a free port" : "the port \(port)") of \(hostAddress)")
    self.address = address
    self.port = UInt16(bigEndian: address.sin_port)
  }

  deinit { release() }

  /// Lets the hypervisor bind the port.
  package func hand() {
    guard descriptor >= 0 else { return }
    // Two sockets that both allow it may have one port on Linux, as long as the other one alone listens. Datagrams could
    // come to either, so that one has to go.
    #if os(Linux)
      if !isUDP { return allowsReuse(true) }
    #endif
    release()
  }

  /// Keeps the port to itself again, unless somebody else was quicker.
  package func takeBack() {
    guard descriptor < 0 else { return allowsReuse(false) }
    var address = address
    descriptor = (try? Self.bind(&address, isUDP: isUDP, purpose: "keep the port \(port)")) ?? -1
  }

  /// Gives the port up for good.
  package func release() {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
  }

  private func allowsReuse(_ allowed: Bool) { Self.setReuse(allowed, of: descriptor) }

  private static func setReuse(_ allowed: Bool, of descriptor: Int32) {
    var value: Int32 = allowed ? 1 : 0
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &value, socklen_t(MemoryLayout<Int32>.size))
  }

  /// Connections that have ended keep their port for a while. On Linux a socket that allows it may have it too, but not
  /// where somebody listens; elsewhere allowing it allows more.
  private static func bind(
    _ descriptor: Int32, _ address: UnsafePointer<sockaddr>, _ length: socklen_t, isUDP: Bool
  ) -> Bool {
    if Foundation.bind(descriptor, address, length) == 0 { return true }
    #if os(Linux)
      guard errno == EADDRINUSE, !isUDP else { return false }
      setReuse(true, of: descriptor)
      guard Foundation.bind(descriptor, address, length) == 0 else { return false }
      setReuse(false, of: descriptor)
      return true
    #else
      return false
    #endif
  }

  /// - Parameter address: gets the port that the system chose.
  private static func bind(_ address: inout sockaddr_in, isUDP: Bool, purpose: String) throws -> Int32 {
    let descriptor = socket(AF_INET, isUDP ? InternetPort.datagram : InternetPort.stream, 0)
    guard descriptor >= 0 else { throw SystemError(errno, "make a socket") }
    Descriptors.closeOnExec(descriptor)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let failed = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        !bind(descriptor, $0, length, isUDP: isUDP) || getsockname(descriptor, $0, &length) != 0
      }
    }
    guard !failed else {
      let error = SystemError(errno, purpose)
      close(descriptor)
      throw error
    }
    return descriptor
  }
}
