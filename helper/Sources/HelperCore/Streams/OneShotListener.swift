import Foundation
import HostSystem
import Platform

/// A Unix socket that serves one connection and then is gone, used on one queue only.
final class OneShotListener {
  /// Seconds that a client has to connect unless told otherwise.
  static let patience = 30.0

  let path: String
  private let queue: DispatchQueue
  private var socket: StreamSocket?
  private var expiry: (any DispatchSourceTimer)?
  private let onConnection: (Int32) -> Void
  private let onExpiry: () -> Void

  /// Listens at `path` at once.
  ///
  /// - Parameters:
  ///   - patience: seconds that a client has to connect.
  ///   - onConnection: gets the connected socket, which it then owns. Either this or `onExpiry` is called, once.
  ///   - onExpiry: nobody came in time.
  init(
    path: String, queue: DispatchQueue, patience: Double = OneShotListener.patience,
    onConnection: @escaping (Int32) -> Void, onExpiry: @escaping () -> Void
  ) throws {
    self.path = path
    self.queue = queue
    self.onConnection = onConnection
    self.onExpiry = onExpiry
    let socket = StreamSocket(owning: try UnixSocket.listen(at: path, backlog: 1), queue: queue)
    self.socket = socket
    socket.onReadable = { [weak self] in self?.acceptConnection() }
    socket.wantsToRead = true
    startExpiry(after: patience)
  }

  deinit { cancel() }

  /// Stops listening and removes the socket; neither handler is called any more.
  func cancel() {
    guard let socket else { return }
    self.socket = nil
    socket.close()
    expiry?.cancel()
    expiry = nil
    unlink(path)
  }

  private func startExpiry(after patience: Double) {
    let timer = DispatchSource.makeTimerSource(queue: queue)
    timer.schedule(deadline: .now() + patience, leeway: .milliseconds(Int(patience * 30)))
    timer.setEventHandler { [weak self] in
      guard let self, self.socket != nil else { return }
      self.cancel()
      self.onExpiry()
    }
    expiry = timer
    timer.resume()
  }

  private func acceptConnection() {
    guard let socket, let connection = try? StreamSockets.accept(on: socket.descriptor) else { return }
    cancel()
    onConnection(connection)
  }
}
