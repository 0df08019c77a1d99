import CVirtualization
import Foundation
import HostSystem

/// Why a monitor command failed.
enum QMPError: Error, CustomStringConvertible {
  /// QEMU refused it, with its reason.
  case refused(command: String, description: String)
  /// The monitor is closed: QEMU has ended or has broken the protocol.
  case closed(reason: String)

  var description: String {
    switch self {
    case .refused(let command, let description): "QEMU refused \(command): \(description)"
    case .closed(let reason): reason
    }
  }
}

/// Something QEMU tells by itself.
struct QMPEvent {
  var name: String
  var data: QMPValue
}

/// The client end of a QEMU monitor on a connected socket. Commands may come from any thread; answers and events are
/// delivered on the event loop, in QEMU's order.
final class QMPConnection: @unchecked Sendable {
  typealias Completion = (Result<QMPValue, QMPError>) -> Void

  /// Far above any answer of QEMU's; beyond it the other end is not a QEMU.
  private static let maximumLine = 16 << 20

  private let socket: Int32
  private let lock = NSLock()
  private var pending: [Int64: (command: String, completion: Completion)] = [:]
  private var nextIdentifier: Int64 = 1
  private var token: EventLoop.Token?
  private var closedReason: String?
  /// Held while messages are taken; recursive, since what takes them may ask for more.
  private let readLock = NSRecursiveLock()
  private var input: [UInt8] = []
  private var searched = 0
  private var eventHandler: ((QMPEvent) -> Void)?
  private var closeHandler: ((String) -> Void)?

  /// Takes ownership of the socket.
  init(socket: Int32) throws {
    self.socket = socket
    Descriptors.makeNonBlocking(socket)
    lock.lock()
    defer { lock.unlock() }
    token = try EventLoop.shared.add(socket) { [weak self] in self?.readable() }
  }

  deinit {
    if let token { EventLoop.shared.remove(token, closing: socket) }
  }

  /// Set before the first command.
  func whenEvent(_ handler: @escaping (QMPEvent) -> Void) {
    lock.lock()
    defer { lock.unlock() }
    eventHandler = handler
  }

  /// Set before the first command; called once, with the reason.
  func whenClosed(_ handler: @escaping (String) -> Void) {
    lock.lock()
    defer { lock.unlock() }
    closeHandler = handler
  }

  /// Sends a command; a descriptor goes along with it (for `getfd`). The completion is called exactly once.
  func execute(
    _ command: String, _ arguments: QMPValue? = nil, descriptor: Int32 = -1, completion: @escaping Completion
  ) {
    lock.lock()
    if let closedReason {
      lock.unlock()
      return completion(.failure(.closed(reason: closedReason)))
    }
    let identifier = nextIdentifier
    nextIdentifier += 1
    let rest = arguments.map { ",\"arguments\":\($0.text)" } ?? ""
    var line = "{\"execute\":\"\(command)\",\"id\":\(identifier)\(rest)}\n"
    pending[identifier] = (command, completion)
    // Under the lock, so that two commands never mix. QEMU reads all it gets; a full socket means it hangs.
    let sent = line.withUTF8 { vz_send(socket, $0.baseAddress, $0.count, descriptor) == $0.count }
    lock.unlock()
    if !sent { close(reason: "QEMU does not read its monitor any more") }
  }

  /// Fails what is pending and closes the socket. Safe to call again.
  func close(reason: String) {
    lock.lock()
    guard closedReason == nil else { return lock.unlock() }
    closedReason = reason
    let waiting = pending.sorted { $0.key < $1.key }
    pending.removeAll()
    if let token { EventLoop.shared.remove(token, closing: socket) }
    token = nil
    eventHandler = nil
    let handler = closeHandler
    closeHandler = nil
    lock.unlock()
    for (_, entry) in waiting { entry.completion(.failure(.closed(reason: reason))) }
    handler?(reason)
  }

  /// Takes what is left in the socket of a QEMU that has ended.
  func drain() {
    while lock.withLock({ closedReason == nil }), readable() {}
  }

  /// False when there was nothing to read.
  @discardableResult
  private func readable() -> Bool {
    readLock.lock()
    defer { readLock.unlock() }
    let count = withUnsafeTemporaryAllocation(byteCount: 16 << 10, alignment: 1) { room -> Int in
      let count = recv(socket, room.baseAddress, room.count, Int32(MSG_DONTWAIT))
      if count > 0 { input.append(contentsOf: room[0..<count]) }
      return count
    }
    if count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR) {
      close(reason: "QEMU has ended")
      return false
    }
    takeLines()
    return count > 0
  }

  private func takeLines() {
    var start = 0
    // Only what is new can end a line: a long one must not be searched again with every piece of it.
    while let end = input[max(start, searched)...].firstIndex(of: 0x0A) {
      let line = input[start..<end]
      start = end + 1
      guard line.contains(where: { $0 > 0x20 }) else { continue }
      guard let message = try? QMPParser.parse(line) else {
        input.removeAll()
        searched = 0
        return close(reason: "QEMU's monitor sent something that is not JSON")
      }
      take(message)
    }
    input.removeFirst(start)
    searched = input.count
    if input.isEmpty, input.capacity > 64 << 10 { input = [] }
    if input.count > Self.maximumLine {
      input = []
      searched = 0
      close(reason: "QEMU's monitor sent a message above \(Self.maximumLine) bytes")
    }
  }

  private func take(_ message: QMPValue) {
    if let name = message["event"]?.string {
      lock.lock()
      let handler = eventHandler
      lock.unlock()
      handler?(QMPEvent(name: name, data: message["data"] ?? .object([:])))
      return
    }
    // The greeting has no id, nor has an error about a line QEMU could not read (we send none such).
    guard let identifier = message["id"]?.integer else { return }
    lock.lock()
    let entry = pending.removeValue(forKey: identifier)
    lock.unlock()
    guard let entry else { return }
    if let value = message["return"] {
      entry.completion(.success(value))
    } else {
      let description = message["error"]?["desc"]?.string ?? "it gave no reason"
      entry.completion(.failure(.refused(command: entry.command, description: description)))
    }
  }
}
