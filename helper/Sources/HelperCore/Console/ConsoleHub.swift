import Foundation
import HelperProtocol
import HostSystem
import Platform

/// The stream of one port: reads what the guest prints all the time, keeps the latest of it, writes it to the log file and to every
/// attached client, and hands the clients' input to the guest.
///
/// It lives as long as the machine, across any number of starts. Its own queue does all the work.
final class ConsoleHub {
  /// Where a client begins to read.
  struct Attachment {
    let path: String
    let offset: UInt64
    let endOffset: UInt64
  }

  /// Bytes that may wait for a client before it is cut off.
  static let maximumLag: UInt64 = 16 << 20
  static let maximumClients = 64

  let name: String
  /// The guest's end, to be given to the machine's configuration for both directions.
  let guestHandle: FileHandle

  private let queue: DispatchQueue
  private let guest: StreamSocket
  private let replaySize: UInt64
  private var history = ConsoleHistory()
  private var log: ConsoleLog?
  private var clients: [ConsoleClient] = []
  private var input = ConsoleInput()
  private var onDrained: (() -> Void)?

  /// - Parameters:
  ///   - replaySize: bytes of output to keep for clients that attach later.
  ///   - log: gets all output from now on.
  init(name: String, replaySize: UInt64, log: ConsoleLog?) throws {
    self.name = name
    self.replaySize = replaySize
    self.log = log
    queue = DispatchQueue(label: "vzkit.console.\(name)")
    let (helperEnd, guestEnd) = try UnixSocket.makePair()
    // A Virtio console drops what it cannot write at once: the guest's end gets the room to ride out our pauses.
    Descriptors.setSendBuffer(guestEnd, 4 << 20)
    guestHandle = FileHandle(fileDescriptor: guestEnd, closeOnDealloc: true)
    guest = StreamSocket(owning: helperEnd, queue: queue)
    queue.async { [self] in
      log?.begin(on: queue)
      log?.onRoom = { [weak self] in self?.writeLog() }
      guest.onReadable = { [weak self] in self?.readFromGuest() }
      guest.onWritable = { [weak self] in self?.writeInput() }
      guest.wantsToRead = true
    }
  }

  /// Opens a socket for one client.
  ///
  /// - Parameters:
  ///   - from: offset of the first byte wanted; nil or one that is no longer kept means the oldest.
  ///   - makePath: names a new socket.
  ///   - completion: called on the hub's queue.
  func attach(
    from: UInt64?, makePath: @escaping () throws -> String,
    completion: @escaping (Result<Attachment, any Error>) -> Void
  ) {
    queue.async { [self] in
      completion(Result { try attachNow(from: from, path: makePath) })
    }
  }

  /// Delivers what is left, for at most `patience`, and lets go of everything. `completion` runs on the hub's queue.
  func close(patience: DispatchTimeInterval = .seconds(2), completion: @escaping () -> Void) {
    queue.async { [self] in
      readRest()
      guest.close()
      input = ConsoleInput()
      onDrained = {
        for client in self.clients { client.close() }
        self.clients = []
        self.log = nil
        completion()
      }
      for client in clients { client.finish() }
      finishIfDrained()
      queue.asyncAfter(deadline: .now() + patience) { self.drained() }
    }
  }

  // MARK: - On the queue

  private func attachNow(from: UInt64?, path makePath: () throws -> String) throws -> Attachment {
    if let from, from > history.endOffset {
      throw WireError.invalidParams(
        "params.from", "is \(from), but the console \(name) has printed only \(history.endOffset) bytes so far")
    }
    removeGoneClients()
    guard clients.count < Self.maximumClients, !guest.isClosed else {
      throw WireError(.tooManyRequests, "The console \(name) serves \(clients.count) clients already; close one first.")
    }
    let offset = max(from ?? 0, oldestOffset)
    let client = ConsoleClient(offset: offset, queue: queue)
    client.onInput = { [weak self, weak client] in client.map { self?.readInput(of: $0) } }
    client.onRoom = { [weak self, weak client] in
      client.map { self?.serve($0) }
      self?.dropBytes()
    }
    let path = try makePath()
    try client.listen(at: path)
    clients.append(client)
    return Attachment(path: path, offset: offset, endOffset: history.endOffset)
  }

  /// What is replayed may be more than was asked to keep, if a slow client keeps it alive: a new client gets the same.
  private var oldestOffset: UInt64 { history.startOffset }

  /// What a guest that has ended left in the socket; only so much, in case it has not ended.
  private func readRest() {
    for _ in 0..<64 {
      let before = history.endOffset
      readFromGuest()
      if history.endOffset == before { break }
    }
  }

  /// So much is read before the clients get their turn.
  private static let readsInTurn = 8

  private func readFromGuest() {
    let before = history.endOffset
    var ended = false
    for _ in 0..<Self.readsInTurn {
      let count = history.append { vectors, count in Descriptors.retrying { readv(guest.descriptor, vectors, count) } }
      if count < 0 { break }
      if count == 0 {
        ended = true
        break
      }
    }
    if ended { guest.wantsToRead = false }
    guard history.endOffset > before else { return }
    log?.append(from: history)
    for client in clients where !client.isFull { serve(client) }
    dropBytes()
  }

  private func writeLog() {
    log?.append(from: history)
    dropBytes()
  }

  private func serve(_ client: ConsoleClient) {
    client.write(from: history)
    finishIfDrained()
  }

  private func dropBytes() {
    for client in clients where history.endOffset - client.offset > Self.maximumLag {
      Log.warning("console \(name): cut off a client for which \(history.endOffset - client.offset) bytes waited")
      client.close()
    }
    removeGoneClients()
    var keep = history.endOffset - min(history.endOffset, replaySize)
    for client in clients { keep = min(keep, client.offset) }
    if let log, log.isFull, history.endOffset - log.offset <= Self.maximumLag { keep = min(keep, log.offset) }
    history.forget(before: keep)
  }

  private func removeGoneClients() {
    clients.removeAll { $0.checkIsGone() }
  }

  private func finishIfDrained() {
    guard onDrained != nil, clients.allSatisfy({ $0.isGone || $0.offset == history.endOffset }) else { return }
    drained()
  }

  private func drained() {
    let body = onDrained
    onDrained = nil
    body?()
  }

  private func readInput(of client: ConsoleClient) {
    input.read(from: client)
    if client.isGone { removeGoneClients() }
    writeInput()
  }

  /// The guest takes input at its own pace: while some waits, nobody's input is read.
  private func writeInput() {
    input.write(to: guest)
    let isWaiting = !input.isEmpty
    guest.wantsToWrite = isWaiting
    for client in clients { client.wantsInput = !isWaiting }
  }
}
