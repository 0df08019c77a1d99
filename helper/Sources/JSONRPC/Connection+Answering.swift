// What handlers send: answers, progress, notifications. Any thread.
extension Connection {
  func answer(_ request: PendingRequest, _ message: OutgoingMessage) {
    var onCancel: [@Sendable () -> Void] = []  // released after the lock: it may hold anything
    var isFirst = true
    let job = state.with { state -> WriteJob? in
      guard !request.condition.isAnswered else {
        isFirst = false
        return nil
      }
      request.condition.isAnswered = true
      swap(&onCancel, &request.condition.onCancel)
      return settle(request, message, in: &state)
    }
    if let job { write(job) }
    if !isFirst {
      log(.error, "connection \(id): a second answer to \(excerpt(request.method)) was ignored")
      misuse("second answer to \(request.method)")
    }
  }

  /// The last reference to an unanswered request is gone.
  func answerDropped(_ request: PendingRequest) {
    let (method, idText) = (request.method, request.idText)
    let error = RPCError.internalError("the request \(excerpt(method)) was dropped without an answer")
    let message = OutgoingMessage.error(id: idText, error)
    var wasOpen = false
    let job = state.with { state -> WriteJob? in
      wasOpen = state.acceptsOutput
      return settle(request, message, in: &state)
    }
    if let job { write(job) }
    if wasOpen { log(.error, "connection \(id): \(error.message)") }
  }

  /// Lock held: takes a request off the books and puts its answer where it belongs.
  private func settle(
    _ request: PendingRequest, _ message: OutgoingMessage, in state: inout ConnectionState
  ) -> WriteJob? {
    if request.condition.isTracked {
      state.requests.remove(request)
      self.state.broadcast()
    }
    guard state.acceptsOutput else { return nil }
    guard let batch = request.batch else { return append(message, to: &state) }
    return add(message, id: request.idText, to: batch, in: &state)
  }

  /// Lock held: puts an answer into the answer of its batch, and queues that once it is complete.
  func add(
    _ message: OutgoingMessage, id: String, to batch: BatchAnswer, in state: inout ConnectionState
  ) -> WriteJob? {
    state.bytesInBatches -= batch.size
    let complete = batch.add(message, id: id)
    state.bytesInBatches += batch.size
    return complete.flatMap { append($0, to: &state) }
  }

  /// Lock held: the batch is handed out completely.
  func closeBatch(_ batch: BatchAnswer, in state: inout ConnectionState) -> WriteJob? {
    state.bytesInBatches -= batch.size
    let complete = batch.finishOne()
    state.bytesInBatches += batch.size
    guard state.acceptsOutput else { return nil }
    return complete.flatMap { append($0, to: &state) }
  }

  /// - Parameter request: the notification is only sent while this one is unanswered.
  func notify(_ message: OutgoingMessage, about request: PendingRequest?) {
    var overflow: Int?
    let job = state.with { state -> WriteJob? in
      guard state.acceptsOutput, request?.condition.isAnswered != true else { return nil }
      if state.outbox.buffered >= limits.outputHardCap {
        overflow = state.outbox.buffered
        state.killOutput()
        return nil
      }
      return append(message, to: &state)
    }
    if let job { write(job) }
    if let overflow { end(.peerNotReading(bufferedBytes: overflow)) }
  }

  /// Sends a message of the transport itself.
  func post(_ message: OutgoingMessage) {
    let job = state.with { state in state.acceptsOutput ? append(message, to: &state) : nil }
    if let job { write(job) }
  }
}
