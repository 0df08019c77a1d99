import HostSystem

/// Takes clients at a Unix socket with a path. Each becomes a ``Connection`` of its own; only this user may connect.
public final class Listener: Sendable {
  /// How long the first pause is when the system has nothing left for one more client, in milliseconds.
  private static let firstPause: Int32 = 50
  private static let longestPause: Int32 = 1000

  private enum Phase { case idle, open, closed }

  public let path: String
  private let makeService: @Sendable () -> any RPCService
  private let limits: Limits
  private let maximumClients: Int
  private let log: LogHandler
  private let socket: ListeningSocket
  private let wake: WakeSignal
  private let phase = Locked(Phase.idle)

  /// Makes the socket, with mode 0600. Clients can connect from now on, and are served from `start` on.
  /// - Parameters:
  ///   - path: where; at most 100 bytes. A socket left there by a process that was killed is replaced.
  ///     Beside it stands a lock file, `PATH.lock`, until the listener is closed.
  ///   - limits: those of each connection.
  ///   - maximumClients: how many are served at a time. One more is disconnected at once.
  ///   - log: takes what is worth a line, from any thread.
  ///   - service: called for each client, on the listener's thread, to make what answers its requests.
  /// - Throws: ``ListenError`` when the path is too long, in use, taken by another kind of file, or out of reach.
  public init(
    path: String, limits: Limits = Limits(), maximumClients: Int = 64, log: @escaping LogHandler = { _, _ in },
    service: @escaping @Sendable () -> any RPCService
  ) throws {
    guard let wake = WakeSignal() else { throw ListenError(path, "the process has no descriptor left") }
    self.path = path
    self.limits = limits
    self.maximumClients = maximumClients
    self.log = log
    self.wake = wake
    makeService = service
    socket = try ListeningSocket(path: path)
  }

  deinit { socket.removeFile() }

  /// Starts to serve, on a thread of its own, until `close`. To be called once.
  /// - Throws: ``ListenError`` when the system has no thread left; the listener is closed then.
  public func start() throws {
    let isFirst = phase.with { phase in
      defer { if phase == .idle { phase = .open } }
      return phase == .idle
    }
    guard isFirst else { return }
    guard SystemThread.start({ self.run() }) else {
      close()
      throw ListenError(path, "the system has no thread left")
    }
  }

  /// Removes the socket's file, takes no further client and closes the connections, each as ``Connection/close()`` does.
  /// Returns at once; the file is gone then. Closing twice is fine.
  public func close() {
    phase.with { $0 = .closed }
    socket.removeFile()
    wake.signal()
  }

  private struct Client {
    weak var connection: Connection?
  }

  private func run() {
    var clients: [Client] = []
    var pause: Int32 = 0
    var isRefusing = false
    while !Descriptors.wait(for: socket.descriptor.number, .readable, wake: wake.waitable).woken {
      clients.removeAll { $0.connection?.isClosed ?? true }
      do {
        guard let descriptor = try StreamSockets.accept(on: socket.descriptor.number) else { continue }
        pause = 0
        if clients.count < maximumClients {
          isRefusing = false
          clients.append(Client(connection: serve(descriptor)))
        } else {
          Descriptors.close(descriptor)
          if !isRefusing { log(.warning, "\(path): \(maximumClients) clients are the limit; more are turned away") }
          isRefusing = true
        }
      } catch {
        // The client stays in the queue, so without a pause this would go round and round.
        if pause == 0 { log(.error, "\(path): no client can be taken for now: \(error)") }
        pause = min(max(pause * 2, Self.firstPause), Self.longestPause)
        if Descriptors.wait(for: -1, .readable, wake: wake.waitable, milliseconds: pause).woken { break }
      }
    }
    for client in clients { client.connection?.close() }
  }

  private func serve(_ descriptor: Int32) -> Connection {
    let connection = Connection(
      input: descriptor, output: descriptor, service: makeService(), limits: limits, log: log)
    connection.start()
    return connection
  }
}

extension Connection {
  /// All is done and the descriptors are let go.
  fileprivate var isClosed: Bool {
    state.with { state in
      guard case .closed = state.phase else { return false }
      return true
    }
  }
}
