import HostSystem

// The reader thread: its loop and its end.
extension Connection {
  func run() {
    state.with { $0.reader = ThreadID.current }
    service.connectionDidOpen(self)
    let reason = readUntilEnd()
    finish(reason)
  }

  private func readUntilEnd() -> ConnectionEnd {
    let (input, wake) = state.with { ($0.input, $0.wake) }
    guard let input else { return .closedLocally }
    let frames = FrameReader(limits: limits)
    while true {
      // A wait for a number below zero would never end; the read says what is wrong with it.
      if input.number >= 0 {
        let wait = Descriptors.wait(for: input.number, .readable, wake: wake?.waitable ?? -1)
        if wait.woken { return .closedLocally }
      }
      switch Descriptors.read(input.number, into: frames.buffer.room()) {
      case .bytes(0): return handleEndOfInput(frames)
      case .bytes(let count):
        frames.buffer.didRead(count)
        if let reason = handOut(frames) { return reason }
      case .wouldBlock: continue
      case .failed(let error): return .inputFailed(error.description)
      }
    }
  }

  /// Handles all that has arrived completely. A reason means that this was the end.
  private func handOut(_ frames: FrameReader) -> ConnectionEnd? {
    cork()
    defer { uncork() }
    while true {
      switch frames.next() {
      case .needsInput: return nil
      case .framing(let framing): state.with { $0.outbox.setFraming(framing) }
      case .message(let text): receive(text)
      case .skipped(let error):
        complain(error.message)
        post(.error(id: "null", error))
      case .broken(let error, let detail):
        complain(detail)
        post(.error(id: "null", error))
        return .invalidFraming(detail)
      }
      if let reason = paceAfterMessage() { return reason }
    }
  }

  /// Waits while too much is unanswered or unsent. A reason means that the connection has ended meanwhile.
  private func paceAfterMessage() -> ConnectionEnd? {
    let (isEnding, isOverloaded) = state.with { ($0.isEnding || $0.isOutputDead, $0.isOverloaded(limits)) }
    if isEnding { return .peerGone }  // the reason that counts is in the phase
    guard isOverloaded else { return nil }
    uncork()
    defer { cork() }
    while state.wait(milliseconds: 1000, until: { $0.hasRoom(limits) ? true : nil }) == nil {
      if isPeerGone { return .peerGone }
    }
    return state.with { $0.isEnding || $0.isOutputDead } ? .peerGone : nil
  }

  private func handleEndOfInput(_ frames: FrameReader) -> ConnectionEnd {
    if state.with({ $0.isEnding }) { return .closedLocally }
    if let missing = frames.missingAtEnd() {
      complain(missing)
      return .truncatedInput(missing)
    }
    guard let text = frames.lastLine() else { return .endOfInput }
    // A shell's `printf` leaves out the last line end. What is not even JSON was cut off.
    if let error = JSONScanner.validate(text) {
      post(.error(id: "null", .parseError(error.description)))
      return .truncatedInput("the input ended inside a line")
    }
    receive(text)
    return .endOfInput
  }

  var isPeerGone: Bool { state.with { $0.output }?.isHungUp ?? true }

  /// The end, in order: the service hears of it; what can still be answered and written is; the rest is cancelled; the
  /// descriptors go.
  func finish(_ reason: ConnectionEnd) {
    let reason = state.with { state in
      if case .ending(let earlier) = state.phase { return earlier }
      state.phase = .ending(reason)
      return reason
    }
    service.connectionDidClose(self, reason: reason)
    switch reason {
    case .endOfInput, .truncatedInput:
      while !isPeerGone, !drain(milliseconds: 1000) {}
    case .closedLocally, .invalidFraming:
      _ = state.wait(milliseconds: limits.lingerMilliseconds) { $0.isOutputDead || $0.outbox.isIdle ? true : nil }
    case .inputFailed, .outputFailed, .peerNotReading, .peerGone: break
    }
    let (unanswered, released) = state.with { state in
      defer { self.state.broadcast() }
      state.phase = .closed
      state.outbox.discard()
      // Ends the wait of a thread that is still writing.
      if let output = state.output, output.kind == .socket { StreamSockets.shutDown(output.number) }
      defer { (state.input, state.output, state.wake) = (nil, nil, nil) }
      return (state.requests.all(), [state.input, state.output])
    }
    for request in unanswered { request.cancel() }
    withExtendedLifetime(released) {}
  }
}
