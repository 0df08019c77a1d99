import CVirtualization
import Foundation

/// The one thread of a backend: waits for the front end, the guest's kicks, the programs' sockets and commands, and
/// owns everything that they act on.
final class VsockEventLoop {
  private enum Token {
    static let wake: UInt64 = 0
    static let channel: UInt64 = 1
    static let firstKick: UInt64 = 2
    static let firstSocket: UInt64 = 16
  }

  private let poller: EventPoller
  private var wake: Int32
  private let session: VhostUserSession
  private let device: VsockDevice
  private var channel: VhostUserChannel?

  private let lock = NSLock()
  private var commands: [(VsockDevice) -> Void] = []
  private var isStopping = false
  private var hasEnded = false
  /// Left when the thread has closed everything.
  private let finished = DispatchGroup()

  /// Takes over `socket`, the end of the socket pair that is not QEMU's.
  /// - Parameter decide: asks the program about a connection of the guest, given its ports and a token for the answer.
  init(
    guestCID: UInt32, socket: Int32, patience: VsockDevice.Patience,
    decide: @escaping (VsockConnectionKey, UInt64) -> Void
  ) throws {
    let channel = VhostUserChannel(descriptor: socket)
    poller = try EventPoller()
    wake = vz_vsock_eventfd()
    guard wake >= 0 else { throw VsockError.noSocket(-wake) }
    self.channel = channel
    session = VhostUserSession(
      configuration: withUnsafeBytes(of: UInt64(guestCID).littleEndian, Array.init),
      writableQueues: [VsockDevice.receiveQueue])
    device = VsockDevice(
      guestCID: UInt64(guestCID), receive: session.vrings[VsockDevice.receiveQueue],
      transmit: session.vrings[VsockDevice.transmitQueue], poller: poller, patience: patience,
      decide: decide)
    session.owner = self
    guard poller.add(wake, token: Token.wake), poller.add(channel.descriptor, token: Token.channel) else {
      throw VsockError.noSocket(ENOMEM)
    }
  }

  deinit {
    closeOwnDescriptors()
  }

  /// Starts the thread, which keeps the loop alive until ``stop()``.
  func start() {
    finished.enter()
    let thread = Thread { self.run() }
    thread.name = "virtio-vsock"
    thread.stackSize = 512 * 1024
    thread.start()
  }

  /// Has the thread carry out `command` soon; on a loop that has stopped, every stream is already gone.
  /// False when the thread never will.
  func post(_ command: @escaping (VsockDevice) -> Void) -> Bool {
    lock.withLock {
      guard !hasEnded else { return false }
      commands.append(command)
      vz_vsock_signal(wake)
      return true
    }
  }

  /// Ends every stream and the thread; returns when both are gone. Not to be called on the thread itself.
  func stop() {
    lock.withLock {
      isStopping = true
      if !hasEnded { vz_vsock_signal(wake) }
    }
    finished.wait()
  }

  // MARK: - The thread

  private func run() {
    vz_vsock_block_signals()
    var hasMore = false
    while !lock.withLock({ isStopping }) {
      do {
        for event in poller.wait(hasMore ? 0 : device.millisecondsToDeadline()) { handle(event) }
        runCommands()
        device.expire()
        hasMore = device.work()
      }
    }
    end()
    finished.leave()
  }

  private func handle(_ event: EventPoller.Event) {
    switch event.token {
    // Kicks need no action of their own: the device looks at both queues after every wait. Their counters are not
    // read either, since each write makes an edge.
    case Token.wake, Token.firstKick..<Token.firstSocket: break
    case Token.channel: readChannel()
    default: device.socketEvent(event.token, events: event.events)
    }
  }

  private func readChannel() {
    // A front end that never falls silent must not keep us from stopping.
    while let channel, !lock.withLock({ isStopping }) {
      switch channel.next() {
      case .pending: return
      case .ended: closeChannel()
      case .message(let message): if !session.handle(message, on: channel) { closeChannel() }
      }
    }
  }

  /// The front end is gone. What the guest had sent before still reaches the programs.
  private func closeChannel() {
    session.end()
    channel = nil
    device.forgetAll(error: ECANCELED)
  }

  private func runCommands() {
    let due = lock.withLock {
      defer { commands.removeAll() }
      return commands
    }
    for command in due { command(device) }
  }

  private func end() {
    closeChannel()
    runCommands()
    lock.withLock { hasEnded = true }
    // Between the two another command may have come.
    runCommands()
    device.abandonAll(error: ECANCELED)
    closeOwnDescriptors()
  }

  /// Not left to `deinit`: who waits in ``stop()`` may rely on nothing being open.
  private func closeOwnDescriptors() {
    lock.withLock {
      if wake >= 0 { close(wake) }
      wake = -1
    }
    poller.close()
  }
}

extension VsockEventLoop: VhostUserSessionOwner {
  func queueDidStart(_ index: Int) {
    device.restartDeadlines()
  }

  func kickDidChange(_ index: Int, isSet: Bool) {
    let kick = session.vrings[index].kick
    guard kick >= 0 else { return }
    if isSet {
      _ = poller.add(kick, token: Token.firstKick + UInt64(index))
    } else {
      poller.remove(kick)
    }
  }

  func driverDidRestart() {
    device.forgetAll(error: ECONNRESET)
  }
}
