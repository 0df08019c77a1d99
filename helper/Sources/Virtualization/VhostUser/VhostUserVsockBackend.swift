import CVirtualization
import Foundation

/// One vhost-user-vsock device of one machine.
///
/// One end of a socket pair goes to QEMU as
/// `-chardev socket,id=ID,fd=N -device vhost-user-vsock-pci,chardev=ID`; guest memory has to be a shared, sealed
/// memfd (`-object memory-backend-memfd,share=on`). Everything else happens on one thread of this object. Pausing the
/// machine keeps the streams; a reboot of the guest ends them.
final class VhostUserVsockBackend {
  /// QEMU's end of the socket pair. Whoever starts QEMU closes it afterwards.
  let descriptorForQEMU: Int32
  private let queue: DispatchQueue
  private let loop: VsockEventLoop
  private let incoming = IncomingHandler()
  private let lock = NSLock()
  private var isStarted = false
  private var isStopped = false

  /// - Parameters:
  ///   - guestCID: the guest's address, 3 or more; guests of different backends may share one.
  ///   - queue: where handlers are called, the machine's queue.
  ///   - patience: how long streams wait for the guest.
  init(guestCID: UInt32, queue: DispatchQueue, patience: VsockDevice.Patience = .init()) throws {
    var ends: [Int32] = [-1, -1]
    let error = vz_vsock_socketpair(&ends)
    guard error == 0 else { throw VsockError.noSocket(error) }
    self.queue = queue
    let answers = LoopReference()
    do {
      loop = try VsockEventLoop(
        guestCID: guestCID, socket: ends[0], patience: patience,
        decide: { [incoming, queue] key, token in
          let request = IncomingVsockConnection(key: key, token: token, loop: answers)
          queue.async { incoming.handle(request) }
        })
    } catch {
      close(ends[1])
      throw error
    }
    descriptorForQEMU = ends[1]
    answers.loop = loop
  }

  deinit {
    stop()
  }

  /// Starts to serve QEMU. Only the first call counts.
  func start() {
    lock.withLock {
      guard !isStarted, !isStopped else { return }
      isStarted = true
      loop.start()
    }
  }

  /// Ends all streams and pending connects; returns when nothing is left. Stopping twice is fine; a stopped backend
  /// cannot start again.
  func stop() {
    lock.withLock {
      guard !isStopped else { return }
      isStopped = true
      if isStarted { loop.stop() }
    }
  }

  /// The guest was reset: ends all streams, unless its driver runs already, since those are new.
  func guestDidReset() {
    _ = loop.post { device in
      if !device.isReady { device.forgetAll(error: ECONNRESET) }
    }
  }

  /// Who answers the guest's connection requests, on the machine's queue. Without one they are refused.
  func setIncomingHandler(_ handler: @escaping (IncomingVsockConnection) -> Void) {
    incoming.set(handler)
  }

  /// Connects to a port in the guest; `completion` is called exactly once, on the machine's queue.
  func connect(toGuestPort port: UInt32, completion: @escaping (Result<VsockEndpoint, any Error>) -> Void) {
    let answer = { [queue] (result: Result<VsockEndpoint, any Error>) in queue.async { completion(result) } }
    let isRunning = lock.withLock { isStarted && !isStopped }
    guard isRunning, loop.post({ $0.connect(toGuestPort: port, completion: answer) }) else {
      return answer(.failure(VsockError.notReady))
    }
  }
}

/// Holds the handler so that the event thread needs no reference to the backend.
private final class IncomingHandler {
  private let lock = NSLock()
  private var handler: ((IncomingVsockConnection) -> Void)?

  func set(_ handler: @escaping (IncomingVsockConnection) -> Void) {
    lock.withLock { self.handler = handler }
  }

  func handle(_ request: IncomingVsockConnection) {
    if let handler = lock.withLock({ handler }) { handler(request) } else { request.refuse() }
  }
}

/// The loop, for requests that may outlive it.
final class LoopReference {
  weak var loop: VsockEventLoop?
}
