import Foundation

/// From the guest: takes packets off the transmit queue and acts on them.
extension VsockDevice {
  /// Packets taken in one go, so that the other direction gets its turn.
  private static let batch = 128
  /// Buffers after which the guest sees them back, so that it refills them while we go on.
  private static let publishInterval = 16

  /// True when there are more packets than one batch.
  func transmit() -> Bool {
    hasStalledTransmit = false
    guard let ring = transmitRing.running else { return false }
    ring.disableKicks()
    defer { transmitRing.publish() }
    for taken in 1...Self.batch {
      guard resets.count < Limit.pendingResets else {
        hasStalledTransmit = true
        return false
      }
      switch ring.next() {
      case .chain(let chain):
        receivePacket(chain)
        ring.use(chain.head, byteCount: 0)
        if taken % Self.publishInterval == 0 { transmitRing.publish() }
      case .empty:
        if !ring.enableKicks() { return false }
      case .broken:
        breakDown(transmitRing)
        return false
      }
    }
    return true
  }

  /// The guest's driver broke the rules of a queue: no packet can be trusted to arrive any more.
  func breakDown(_ ring: Vring) {
    ring.reportBroken()
    forgetAll(error: ECONNRESET)
  }

  private func receivePacket(_ chain: DescriptorChain) {
    guard chain.byteCount >= VsockHeader.byteCount else { return }
    let header = withUnsafeTemporaryAllocation(byteCount: VsockHeader.byteCount, alignment: 8) { bytes in
      chain.copyPrefix(to: bytes)
      return VsockHeader(UnsafeRawBufferPointer(bytes))
    }
    // Nobody but the guest and the host is on this wire.
    guard header.sourceCID == guestCID, header.destinationCID == vsockHostCID else { return }
    guard header.type == VsockHeader.streamType else { return refuse(header) }
    let key = VsockConnectionKey(guestPort: header.sourcePort, hostPort: header.destinationPort)
    guard let connection = connections[key] else {
      return header.operation == .request ? request(key, header) : refuse(header)
    }
    connection.noteCredit(header)
    act(on: header, chain, for: connection)
    schedule(connection)
  }

  private func act(on header: VsockHeader, _ chain: DescriptorChain, for connection: VsockConnection) {
    switch (header.operation, connection.state) {
    case (.reset, _): forget(connection, error: ECONNRESET)
    case (.response, .connecting): establish(connection)
    case (.data, .established): receiveData(header, chain, for: connection)
    case (.creditUpdate, .established): break
    case (.creditRequest, .established): connection.noteCreditQuestion()
    case (.shutdown, .established), (.shutdown, .deciding):
      receiveShutdown(VsockShutdown(rawValue: header.flags), for: connection)
    case (.request, _):
      // The guest has forgotten the stream that used these ports before.
      forget(connection, error: ECONNRESET)
      request(connection.key, header)
    default: reset(connection)
    }
  }

  private func receiveData(_ header: VsockHeader, _ chain: DescriptorChain, for connection: VsockConnection) {
    let count = Int(header.length)
    guard count > 0 else { return }
    var parts: [iovec] = []
    parts.reserveCapacity(chain.parts.count)
    guard chain.appendParts(skipping: VsockHeader.byteCount, length: count, to: &parts) == count,
      connection.deliver(parts, count: count)
    else { return reset(connection) }
  }

  private func receiveShutdown(_ flags: VsockShutdown, for connection: VsockConnection) {
    if flags.contains(.receive) { connection.endToGuest() }
    if flags.contains(.send) { connection.endFromGuest() }
    // The guest has closed, and waits for this to know that we have too.
    if connection.isFinishedByGuest || connection.isClosing { reset(connection) }
  }

  private func establish(_ connection: VsockConnection) {
    guard case .connecting(let completion, let endpoint) = connection.state else { return }
    connection.state = .established
    guard poller.add(connection.descriptor, token: connection.token) else {
      close(endpoint.descriptor)
      completion(.failure(VsockError.noSocket(ENOMEM)))
      return reset(connection)
    }
    completion(.success(endpoint))
  }

  private func request(_ key: VsockConnectionKey, _ header: VsockHeader) {
    guard byToken.count < Limit.connections, openDecisions < Limit.connections else { return refuse(header) }
    openDecisions += 1
    let connection = add(key, state: .deciding)
    connection.noteCredit(header)
    decide(key, connection.token)
  }

  /// Answers a packet that belongs to no stream. A refusal is never refused, or two sides could go on for ever.
  private func refuse(_ header: VsockHeader) {
    guard header.operation != .reset else { return }
    resets.append(
      VsockHeader(
        sourceCID: vsockHostCID, destinationCID: guestCID, sourcePort: header.destinationPort,
        destinationPort: header.sourcePort, type: header.type, operation: .reset))
  }
}
