// From a message's text to the service. Reader thread.
extension Connection {
  func receive(_ text: UnsafeBufferPointer<UInt8>) {
    switch ScannedMessage.scan(text, batchLimit: limits.batchEntries) {
    case .malformed(let error):
      complain("a message is not JSON: \(error)")
      post(.error(id: "null", .parseError(error.description)))
    case .single(let envelope): dispatch(envelope, text, nil)
    case .batch(let entries, let count): dispatch(entries, count: count, text)
    }
  }

  private func dispatch(_ entries: [Envelope], count: Int, _ text: UnsafeBufferPointer<UInt8>) {
    if count == 0 { return reject("the batch is empty", id: nil, nil) }
    if count > entries.count {
      return reject("a batch of \(count) messages is over the limit of \(limits.batchEntries)", id: nil, nil)
    }
    let batch = BatchAnswer(limit: limits.batchAnswerBytes)
    for entry in entries { dispatch(entry, text, batch) }
    let job = state.with { closeBatch(batch, in: &$0) }
    if let job { write(job) }
  }

  private func dispatch(_ envelope: Envelope, _ text: UnsafeBufferPointer<UInt8>, _ batch: BatchAnswer?) {
    guard envelope.isObject else { return reject("a message must be an object", id: nil, batch) }
    let id: String?
    switch envelope.id {
    case .absent: id = nil
    case .illegal: return reject("\"id\" must be a string, a number or null", id: nil, batch)
    case .legal(let range) where range.count > limits.nameBytes:
      return reject("\"id\" is longer than \(limits.nameBytes) bytes", id: nil, batch)
    case .legal(let range): id = String(decoding: text[range], as: UTF8.self)
    }
    guard let method = envelope.method else {
      if envelope.hasResultOrError, !envelope.methodIsIllegal {
        return complain("a response was ignored: nothing had been asked")
      }
      return reject("\"method\" must be a string", id: id, batch)
    }
    if let fault = fault(in: envelope) { return reject(fault, id: id, batch) }
    let name = JSONString.decode(scannedContent: UnsafeBufferPointer(rebasing: text[method]))
    let params = envelope.params.map { UnsafeBufferPointer(rebasing: text[$0]) }
    guard let id else { return notice(name, params) }
    if name.utf8.starts(with: "$/".utf8) { return reject(.methodNotFound(name), id: id, batch) }
    let token = envelope.progressToken.map { String(decoding: text[$0], as: UTF8.self) }
    handle(name, id: id, params, progressToken: token, batch)
  }

  private func fault(in envelope: Envelope) -> String? {
    if !envelope.isVersion2 { return "\"jsonrpc\" must be \"2.0\"" }
    if envelope.paramsAreIllegal { return "\"params\" must be an object or an array" }
    if let method = envelope.method, method.count > limits.nameBytes {
      return "\"method\" is longer than \(limits.nameBytes) bytes"
    }
    if let token = envelope.progressToken, token.count > limits.nameBytes {
      return "\"progressToken\" is longer than \(limits.nameBytes) bytes"
    }
    return nil
  }

  private func handle(
    _ method: String, id: String, _ params: UnsafeBufferPointer<UInt8>?, progressToken: String?, _ batch: BatchAnswer?
  ) {
    let request = PendingRequest(
      method: method, idText: id, connection: self, serial: nextSerial(batch), weight: params?.count ?? 0,
      progressToken: progressToken, batch: batch)
    service.handle(request, params: params.map { RawJSON(scanned: $0) })
    // Cancellations arrive on this very thread: what was answered at once never needs to be found.
    state.with { state in
      guard !request.condition.isAnswered else { return }
      request.condition.isTracked = true
      state.requests.insert(request)
    }
  }

  private func nextSerial(_ batch: BatchAnswer?) -> UInt64 {
    state.with { state in
      batch?.expectAnswer()
      state.lastSerial += 1
      return state.lastSerial
    }
  }

  private func notice(_ method: String, _ params: UnsafeBufferPointer<UInt8>?) {
    if method == "$/cancelRequest" { return cancel(params) }
    // By agreement notifications of this form may be ignored by who does not know them.
    if method.utf8.starts(with: "$/".utf8) { return }
    service.handleNotification(method: method, params: params.map { RawJSON(scanned: $0) }, on: self)
  }

  private func cancel(_ params: UnsafeBufferPointer<UInt8>?) {
    let id = params.flatMap { params in
      JSONCursor.scan(params) { cursor in
        cursor.findIdentifier("id").flatMap { range in
          range.count <= limits.nameBytes ? String(decoding: params[range], as: UTF8.self) : nil
        }
      }
    }
    guard let id else { return complain("$/cancelRequest without the id of a request was ignored") }
    // Unknown ids are normal: the answer may be on its way.
    state.with { $0.requests.find(id: id) }?.cancel()
  }

  private func reject(_ detail: String, id: String?, _ batch: BatchAnswer?) {
    complain("an invalid request was refused: \(detail)")
    reject(.invalidRequest(detail), id: id ?? "null", batch)
  }

  private func reject(_ error: RPCError, id: String, _ batch: BatchAnswer?) {
    let message = OutgoingMessage.error(id: id, error)
    guard let batch else { return post(message) }
    let job = state.with { state in
      batch.expectAnswer()
      return add(message, id: id, to: batch, in: &state)
    }
    if let job { write(job) }
  }
}
