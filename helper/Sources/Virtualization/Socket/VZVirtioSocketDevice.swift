import Foundation

/// The virtio socket device of a running machine: streams between host and guest, addressed by port numbers.
///
/// Used on the machine's queue; handlers and delegate calls arrive there.
/// Wrapped symbol: `VZVirtioSocketDevice`, macOS 11.0.
open class VZVirtioSocketDevice: VZSocketDevice {
  /// Serves the running QEMU; nil while the machine is stopped.
  private var backend: VhostUserVsockBackend?
  private let queue: DispatchQueue
  private var listeners: [UInt32: VZVirtioSocketListener] = [:]

  internal init(queue: DispatchQueue) {
    self.queue = queue
    super.init(internally: ())
  }

  /// Called on the machine's queue when the machine starts (with the backend of this run) and ends (with nil).
  /// Listeners stay from run to run.
  internal func setBackend(_ backend: VhostUserVsockBackend?) {
    self.backend = backend
    backend?.setIncomingHandler { [weak self] request in
      guard let self else { return request.refuse() }
      self.decide(request)
    }
  }

  /// Called on the machine's queue when the guest was reset.
  internal func guestDidReset() {
    backend?.guestDidReset()
  }

  /// Has `listener` answer for `port` from now on, in place of the one before. One listener may serve many ports.
  public func setSocketListener(_ listener: VZVirtioSocketListener, forPort port: UInt32) {
    listeners[port] = listener
  }

  /// Refuses connections to `port` from now on; open connections stay. Does nothing if there was no listener.
  public func removeSocketListener(forPort port: UInt32) {
    listeners[port] = nil
  }

  /// Connects to a port that a program in the guest listens at.
  ///
  /// - Parameter completionHandler: called exactly once, on the machine's queue. Errors are in `NSPOSIXErrorDomain`:
  ///   `ECONNRESET` when nobody listens, `ENOTCONN` when the guest runs no socket driver (not booted, paused or
  ///   stopped), `ETIMEDOUT` when the guest does not answer.
  public func connect(
    toPort port: UInt32,
    completionHandler: @escaping (Result<VZVirtioSocketConnection, any Error>) -> Void
  ) {
    guard let backend else { return queue.async { completionHandler(.failure(VsockError.notReady)) } }
    backend.connect(toGuestPort: port) { result in
      completionHandler(
        result.map { end in
          VZVirtioSocketConnection(sourcePort: end.hostPort, destinationPort: port, descriptor: end.descriptor)
        })
    }
  }

  /// Connects to a port that a program in the guest listens at. Throws what the handler of
  /// ``connect(toPort:completionHandler:)`` gets; may be called from anywhere.
  public func connect(toPort port: UInt32) async throws -> VZVirtioSocketConnection {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { self.connect(toPort: port) { continuation.resume(with: $0) } }
    }
  }

  private func decide(_ request: IncomingVsockConnection) {
    guard let listener = listeners[request.hostPort], let delegate = listener.delegate,
      let descriptor = request.makeDescriptor()
    else { return request.refuse() }
    let connection = VZVirtioSocketConnection(
      sourcePort: request.guestPort, destinationPort: request.hostPort, descriptor: descriptor)
    if delegate.listener(listener, shouldAcceptNewConnection: connection, from: self) {
      request.accept()
    } else {
      connection.close()
      request.refuse()
    }
  }
}
