import HostSystem

/// A lot of output that a thread has taken upon itself to write.
struct WriteJob {
  var bytes: [UInt8]
  var written = 0
  let output: Descriptor
}

// One write for all that waits: the thread that finds no other at it writes at once, without a hop; the others append.
extension Connection {
  /// While messages are handed out, the reader's answers go out in lots of this size.
  private static let corkedBytes = 64 << 10

  /// Lock held: queues a message, and makes the caller the writer if there is none.
  func append(_ message: OutgoingMessage, to state: inout ConnectionState) -> WriteJob? {
    state.outbox.append(message)
    // Only the reader's own answers wait: another thread's may be what someone is waiting for.
    if state.isCorked, state.outbox.waitingBytes < Self.corkedBytes, state.reader == ThreadID.current { return nil }
    return takeJob(&state)
  }

  private func takeJob(_ state: inout ConnectionState) -> WriteJob? {
    guard let output = state.output, let bytes = state.outbox.take() else { return nil }
    return WriteJob(bytes: bytes, output: output)
  }

  /// Reader thread: its answers are held back until `uncork`.
  func cork() { state.with { $0.isCorked = true } }

  func uncork() {
    let job = state.with { state in
      state.isCorked = false
      return takeJob(&state)
    }
    if let job { write(job) }
  }

  /// Writes the lot and what has been queued meanwhile, without ever waiting for the peer: when it is slow, a thread
  /// that is started for the purpose takes over.
  func write(_ job: WriteJob) {
    guard let rest = writeAvailable(job) else { return }
    if !SystemThread.start({ self.writePatiently(rest) }) { writePatiently(rest) }
  }

  private func writePatiently(_ job: WriteJob) {
    var job = job
    while true {
      // The end of the connection wakes a wait on a socket; a pipe is looked after once a second.
      _ = Descriptors.wait(for: job.output.number, .writable, milliseconds: 1000)
      guard let rest = writeAvailable(job) else { return }
      job = rest
    }
  }

  /// Writes until nothing is left (nil) or the peer must be waited for.
  private func writeAvailable(_ job: WriteJob) -> WriteJob? {
    var job = job
    while true {
      switch writeOnce(job) {
      case .bytes(let count): job.written += count
      case .wouldBlock: return noteProgress(job) ? job : nil
      case .failed(let error):
        abandonOutput(error)
        return nil
      }
      if job.written < job.bytes.count { continue }
      let next = state.with { state -> [UInt8]? in
        defer { self.state.broadcast() }
        return state.outbox.takeMore(returning: &job.bytes)
      }
      guard let next else { return nil }
      job = WriteJob(bytes: next, output: job.output)
    }
  }

  private func writeOnce(_ job: WriteJob) -> TransferResult {
    job.bytes.withUnsafeBytes { bytes in
      let rest = UnsafeRawBufferPointer(rebasing: bytes[job.written...])
      return Descriptors.write(job.output.number, rest, isSocket: job.output.kind == .socket)
    }
  }

  /// False when the output has been given up meanwhile.
  private func noteProgress(_ job: WriteJob) -> Bool {
    state.with { state in
      defer { self.state.broadcast() }
      guard state.acceptsOutput else {
        state.outbox.stopWriting()
        return false
      }
      state.outbox.taken = job.bytes.count - job.written
      return true
    }
  }

  private func abandonOutput(_ error: SystemError) {
    state.with { state in
      state.killOutput()
      state.outbox.stopWriting()
      self.state.broadcast()
    }
    end(.outputFailed(error.description))
  }
}
