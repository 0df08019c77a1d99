import Foundation

/// One stream between the host and the guest.
///
/// Owns its descriptor: closing or releasing the connection closes it. Who needs the descriptor for longer duplicates it.
/// Wrapped symbol: `VZVirtioSocketConnection`, macOS 11.0.
open class VZVirtioSocketConnection: NSObject {
  /// The port of the side that opened the connection.
  public let sourcePort: UInt32
  /// The port of the side that was connected to.
  public let destinationPort: UInt32

  private let lock = NSLock()
  private var descriptor: Int32

  /// Takes over `descriptor`.
  internal init(sourcePort: UInt32, destinationPort: UInt32, descriptor: Int32) {
    self.sourcePort = sourcePort
    self.destinationPort = destinationPort
    self.descriptor = descriptor
    super.init()
  }

  deinit {
    close()
  }

  /// A connected stream socket, or -1 after ``close()``.
  public var fileDescriptor: Int32 {
    lock.withLock { descriptor }
  }

  /// Closes the descriptor; the guest reads the rest of what was written and then the end of the stream.
  /// Closing twice is fine.
  public func close() {
    lock.withLock {
      guard descriptor >= 0 else { return }
      _ = Foundation.close(descriptor)
      descriptor = -1
    }
  }
}
