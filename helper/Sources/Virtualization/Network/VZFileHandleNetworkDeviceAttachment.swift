import Foundation

/// Hands the guest's Ethernet frames to a connected datagram socket, one frame a datagram. (macOS 11)
///
/// The peer's receive buffer should be at least twice, better four times, its send buffer.
open class VZFileHandleNetworkDeviceAttachment: VZNetworkDeviceAttachment {
  /// The socket.
  public let fileHandle: FileHandle
  /// The largest frame payload in bytes: 1500 by default, up to 65535; the configuration is invalid otherwise.
  /// (macOS 13)
  public var maximumTransmissionUnit = 1500

  /// An attachment to a connected datagram socket, whose handle must stay open as long as the machine uses it.
  public init(fileHandle: FileHandle) {
    self.fileHandle = fileHandle
    super.init(base: ())
  }

  private static let allowedUnits = 1500...65535

  override func check() throws {
    try checking("maximumTransmissionUnit") {
      guard Self.allowedUnits.contains(maximumTransmissionUnit) else {
        throw ConfigurationProblem("\(maximumTransmissionUnit) bytes is not between 1500 and 65535.")
      }
    }
    try checking("fileHandle", requireConnectedDatagramSocket)
  }

  private func requireConnectedDatagramSocket() throws {
    var type: Int32 = 0
    var length = socklen_t(MemoryLayout.size(ofValue: type))
    let descriptor = fileHandle.fileDescriptor
    guard getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &length) == 0 else {
      throw ConfigurationProblem("The file handle is not an open socket: \(String(cString: strerror(errno))).")
    }
    guard type == Int32(SOCK_DGRAM.rawValue) else {
      throw ConfigurationProblem("The file handle's socket must be a datagram socket.")
    }
    var address = sockaddr_storage()
    length = socklen_t(MemoryLayout.size(ofValue: address))
    let result = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(descriptor, $0, &length) }
    }
    guard result == 0 else { throw ConfigurationProblem("The file handle's socket is not connected.") }
  }
}
