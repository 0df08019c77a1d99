import Foundation
import HelperProtocol
import HostSystem

/// Bytes that clients come for, each piece on a Unix socket of its own.
final class Handover: @unchecked Sendable {  // the fields are only touched on `queue`
  /// Pieces that may wait at a time. They are held in memory until they are fetched or their time is up.
  static let maximumCount = 32

  private let queue = DispatchQueue(label: "vzkit.handover")
  private var listeners: [UInt64: OneShotListener] = [:]
  private var senders: [UInt64: Sender] = [:]
  private var lastNumber: UInt64 = 0

  /// Offers bytes to one client.
  ///
  /// - Parameter makePath: gives the path of the socket.
  /// - Returns: the socket's path. A client reads the bytes from it, to their end; it waits
  ///   `OneShotListener.patience` seconds.
  func offer(_ bytes: [UInt8], makePath: () throws -> String) throws -> String {
    try queue.sync {
      guard listeners.count + senders.count < Self.maximumCount else {
        throw WireError(
          .tooManyRequests, "\(Self.maximumCount) pieces wait to be fetched already. Read those before asking for more."
        )
      }
      lastNumber += 1
      let number = lastNumber
      let path = try makePath()
      listeners[number] = try OneShotListener(
        path: path, queue: queue,
        onConnection: { [self] client in
          listeners[number] = nil
          senders[number] = Sender(bytes, to: client, queue: queue) { [self] in senders[number] = nil }
        },
        onExpiry: { [self] in listeners[number] = nil })
      return path
    }
  }
}

/// Writes bytes to a socket, and closes it.
private final class Sender {
  private let socket: StreamSocket
  private var rest: ArraySlice<UInt8>
  private let onEnd: () -> Void
  /// For a client that does not read.
  private var expiry: (any DispatchSourceTimer)?

  init(_ bytes: [UInt8], to descriptor: Int32, queue: DispatchQueue, onEnd: @escaping () -> Void) {
    socket = StreamSocket(owning: descriptor, queue: queue)
    rest = bytes[...]
    self.onEnd = onEnd
    let timer = DispatchSource.makeTimerSource(queue: queue)
    timer.schedule(deadline: .now() + OneShotListener.patience, leeway: .seconds(1))
    timer.setEventHandler { [weak self] in self?.end() }
    timer.resume()
    expiry = timer
    socket.onWritable = { [weak self] in self?.send() }
    socket.wantsToWrite = true
  }

  private func send() {
    while !rest.isEmpty {
      let count = Descriptors.retrying {
        rest.withUnsafeBytes { Foundation.write(socket.descriptor, $0.baseAddress, $0.count) }
      }
      if count < 0, Descriptors.wouldBlock(errno) { return }
      guard count > 0 else { break }
      rest = rest.dropFirst(count)
    }
    end()
  }

  private func end() {
    guard let expiry else { return }
    expiry.cancel()
    self.expiry = nil
    socket.close()
    onEnd()
  }
}
