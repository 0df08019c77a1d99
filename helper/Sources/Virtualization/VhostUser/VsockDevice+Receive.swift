import CVirtualization
import Foundation

/// To the guest: fills the buffers of the receive queue with what the streams have to send, in turn.
extension VsockDevice {
  /// Turns in one go, so that the guest's own packets get theirs.
  private static let batch = 256
  /// Buffers that one read of a stream's socket fills at most.
  private static let buffersPerRead = 32
  private static let bytesPerRead = 128 * 1024

  /// True when there is more to send and room for it.
  func pump() -> Bool {
    guard let ring = receiveRing.running else { return false }
    ring.disableKicks()
    defer { receiveRing.publish() }
    for _ in 0..<Self.batch {
      guard !resets.isEmpty || !ready.isEmpty else { return false }
      guard ring.prepare(1) else {
        // The guest has no buffer left: its kick tells of new ones.
        receiveRing.publish()
        if !ring.isBroken, ring.enableKicks() { continue }
        if ring.isBroken { breakDown(receiveRing) }
        return false
      }
      if let header = resets.popFirst() {
        send(header, on: ring)
      } else if let connection = ready.popFirst() {
        connection.isQueued = false
        serve(connection, on: ring)
        schedule(connection)
      }
    }
    return true
  }

  /// Sends one packet of the connection, or as much data as one read gives.
  private func serve(_ connection: VsockConnection, on ring: Virtqueue) {
    if connection.owed.contains(.request) {
      sendControl(.request, of: connection, on: ring, clearing: .request)
    } else if connection.owed.contains(.response) {
      sendControl(.response, of: connection, on: ring, clearing: .response)
    } else if connection.needsCreditUpdate {
      sendControl(.creditUpdate, of: connection, on: ring, clearing: [])
    } else if connection.readable > 0 {
      sendData(of: connection, on: ring)
    } else if connection.needsCredit {
      if send(connection.header(.creditRequest, guestCID: guestCID), on: ring) { connection.noteCreditRequest() }
    } else if !connection.dueShutdown.isEmpty {
      sendShutdown(of: connection, on: ring)
    }
  }

  private func sendControl(
    _ operation: VsockOperation, of connection: VsockConnection, on ring: Virtqueue, clearing owed: VsockConnection.Owed
  ) {
    guard send(connection.header(operation, guestCID: guestCID), on: ring) else { return }
    connection.owed.remove(owed)
    connection.noteAnnounced()
  }

  private func sendShutdown(of connection: VsockConnection, on ring: Virtqueue) {
    var header = connection.header(.shutdown, guestCID: guestCID)
    let due = connection.dueShutdown
    header.flags = due.rawValue
    guard send(header, on: ring) else { return }
    connection.noteShutdown(due)
    if connection.isClosing {
      closeDeadlines.append(Deadline(token: connection.token, time: monotonicSeconds() + patience.close))
    }
  }

  /// Uses the next prepared buffer for a packet without data. False when the buffer is too small for any packet: it
  /// goes back empty, and the next one may be better.
  @discardableResult
  private func send(_ header: VsockHeader, on ring: Virtqueue) -> Bool {
    guard let chain = ring.stash.first else { return false }
    ring.dropFirstPrepared()
    let fits = chain.byteCount >= VsockHeader.byteCount
    if fits { write(header, to: chain) }
    ring.use(chain.head, byteCount: fits ? VsockHeader.byteCount : 0)
    return fits
  }

  private func write(_ header: VsockHeader, to chain: DescriptorChain) {
    withUnsafeTemporaryAllocation(byteCount: VsockHeader.byteCount, alignment: 8) { bytes in
      header.write(to: bytes)
      chain.writePrefix(UnsafeRawBufferPointer(bytes))
    }
  }

  /// Reads from the stream's socket straight into the guest's buffers, several at once, leaving out the place of each
  /// packet's header, which is filled in when it is known how far the data went.
  private func sendData(of connection: VsockConnection, on ring: Virtqueue) {
    _ = ring.prepare(Self.buffersPerRead)
    let limit = min(connection.readable, Self.bytesPerRead)
    var parts: [iovec] = []
    var planned = 0
    var index = 0
    while planned < limit, index < min(ring.stash.count, Self.buffersPerRead), let chain = ring.stash[index] {
      guard chain.byteCount > VsockHeader.byteCount else { break }
      guard parts.count + chain.parts.count <= DescriptorChainReader.maximumParts else { break }
      let room = min(chain.byteCount - VsockHeader.byteCount, limit - planned)
      planned += chain.appendParts(skipping: VsockHeader.byteCount, length: room, to: &parts)
      index += 1
    }
    guard planned > 0 else {
      // The first buffer holds no data at all: give it back.
      if let chain = ring.stash.first { ring.use(chain.head, byteCount: 0) }
      return ring.dropFirstPrepared()
    }
    pack(connection.receive(into: parts, count: planned), of: connection, on: ring)
  }

  /// Gives the buffers that `count` bytes were read into to the guest, each as one packet.
  private func pack(_ count: Int, of connection: VsockConnection, on ring: Virtqueue) {
    var rest = count
    var header = connection.header(.data, guestCID: guestCID)
    while rest > 0, let chain = ring.stash.first {
      let length = min(rest, chain.byteCount - VsockHeader.byteCount)
      header.length = UInt32(length)
      write(header, to: chain)
      ring.use(chain.head, byteCount: VsockHeader.byteCount + length)
      ring.dropFirstPrepared()
      rest -= length
    }
    if count > 0 { connection.noteAnnounced() }
  }
}
