import HostSystem

/// One peer, over a pair of byte streams: the server's side of JSON-RPC 2.0.
///
/// The peer's first byte decides how messages are framed, both ways: with `{` or `[` each is a line of its own, else each
/// has a `Content-Length` header. What is sent before that byte waits for it.
public final class Connection: Sendable {
  /// Unique in this process.
  public let id: UInt64
  public let limits: Limits

  let service: any RPCService
  let log: LogHandler
  let state: Locked<ConnectionState>
  /// Called for an answer too many.
  let misuse: @Sendable (String) -> Void

  private static let lastID = Locked<UInt64>(0)

  /// - Parameters:
  ///   - input: the descriptor to read from. The connection owns it from now on, and closes it. A socket is made
  ///     non-blocking for as long as the connection lives.
  ///   - output: the descriptor to write to, also owned; the same number as `input` for a socket. A pipe is made
  ///     non-blocking for as long as the connection lives. A peer that leaves raises no SIGPIPE; where the output is
  ///     not a socket this sets the process to ignore that signal, unless a handler for it exists.
  ///   - service: what answers the requests; kept alive until the connection has ended.
  ///   - log: takes what is worth a line, from any thread.
  public convenience init(
    input: Int32, output: Int32, service: any RPCService, limits: Limits = Limits(),
    log: @escaping LogHandler = { _, _ in }
  ) {
    self.init(
      input: input, output: output, service: service, limits: limits, log: log,
      misuse: { assertionFailure($0) })
  }

  init(
    input: Int32, output: Int32, service: any RPCService, limits: Limits, log: @escaping LogHandler,
    misuse: @escaping @Sendable (String) -> Void
  ) {
    id = Self.lastID.with { last in
      last += 1
      return last
    }
    self.service = service
    self.limits = limits
    self.log = log
    self.misuse = misuse
    var initial = ConnectionState()
    let outputDescriptor = Descriptor(owning: output, forWriting: true)
    let inputDescriptor = input == output ? outputDescriptor : Descriptor(owning: input, forWriting: false)
    initial.input = inputDescriptor
    initial.output = outputDescriptor
    if inputDescriptor.kind != .socket { initial.wake = WakeSignal() }
    state = Locked(initial)
  }

  /// Starts to read, on a thread of its own. To be called once.
  public func start() {
    let isFirst = state.with { state in
      guard case .idle = state.phase else { return false }
      state.phase = .open
      return true
    }
    guard isFirst else { return }
    if !SystemThread.start({ self.run() }) { finish(.inputFailed("the system has no thread left for the connection")) }
  }

  /// Sends a notification. It never waits: what the peer does not take is kept for it, up to `limits.outputHardCap`;
  /// beyond that the connection ends with `peerNotReading`. After the end it does nothing.
  /// - Parameter params: an object or an array.
  public func notify(method: String, params: RawJSON) {
    notify(.notification(method: method, params: params), about: nil)
  }

  /// Ends the connection: reads no more, cancels the requests in flight, and waits for the peer to take what is written
  /// for at most `limits.lingerMilliseconds`. Returns at once. Closing twice is fine.
  public func close() { end(.closedLocally) }

  /// Waits until all requests that have arrived are answered and the answers are written.
  /// - Parameter milliseconds: how long at most.
  /// - Returns: false when the time was over first.
  @discardableResult
  public func drain(milliseconds: Int) -> Bool {
    state.wait(milliseconds: milliseconds) { $0.isDrained ? true : nil } ?? false
  }

  /// Makes the reader come to its end with `reason`, unless it already has another.
  func end(_ reason: ConnectionEnd) {
    let released = state.with { state -> [Descriptor?] in
      defer { self.state.broadcast() }
      switch state.phase {
      case .ending, .closed: return []
      case .idle:
        state.phase = .closed
        defer { (state.input, state.output) = (nil, nil) }
        return [state.input, state.output]
      case .open:
        state.phase = .ending(reason)
        if let input = state.input, input.kind == .socket { StreamSockets.shutDownReading(input.number) }
        state.wake?.signal()
        return []
      }
    }
    withExtendedLifetime(released) {}
  }

  /// Logs what the peer did wrong. A peer cannot fill the log.
  func complain(_ text: @autoclosure () -> String) {
    let number = state.with { state in
      state.complaints += 1
      return state.complaints
    }
    if number <= 50 { log(.warning, "connection \(id): \(text())") }
    if number == 50 { log(.warning, "connection \(id): further complaints are not logged") }
  }
}
