import Foundation
import HostSystem
import Platform

/// One client of a console, from the moment its socket exists until it is gone; used on the hub's queue only.
final class ConsoleClient {
  /// Offset of the next byte to send.
  private(set) var offset: UInt64
  private(set) var isGone = false
  /// The socket takes nothing at the moment; `onRoom` tells when it does again.
  private(set) var isFull = true
  /// There is input to read, or its end.
  var onInput: () -> Void = {}
  var onRoom: () -> Void = {}

  private let queue: DispatchQueue
  private var listener: OneShotListener?
  private var socket: StreamSocket?
  private var inputEnded = false

  init(offset: UInt64, queue: DispatchQueue) {
    self.offset = offset
    self.queue = queue
  }

  func listen(at path: String) throws {
    listener = try OneShotListener(
      path: path, queue: queue,
      onConnection: { [weak self] in self?.connect($0) },
      onExpiry: { [weak self] in self?.close() })
  }

  private func connect(_ descriptor: Int32) {
    let socket = StreamSocket(owning: descriptor, queue: queue)
    Descriptors.setSendBuffer(descriptor, 1 << 20)
    self.socket = socket
    socket.onReadable = { [weak self] in self?.onInput() }
    socket.onWritable = { [weak self, weak socket] in
      socket?.wantsToWrite = false
      self?.onRoom()
    }
    socket.wantsToRead = wantsInput
    isFull = false
    onRoom()
  }

  /// Whether the client's input is read at all.
  var wantsInput = true {
    didSet { socket?.wantsToRead = wantsInput && !inputEnded }
  }

  /// Sends as much as the socket takes.
  func write(from history: ConsoleHistory) {
    guard let socket, !isGone else { return }
    isFull = false
    while offset < history.endOffset {
      let count = history.read(from: offset) { vectors, count in
        Descriptors.retrying { writev(socket.descriptor, vectors, count) }
      }
      if count > 0 {
        offset += UInt64(count)
      } else if Descriptors.wouldBlock(errno) {
        isFull = true
        socket.wantsToWrite = true
        return
      } else {
        return close()
      }
    }
  }

  /// Reads some input. nil: nothing now; 0: it ended.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
    guard let socket, !isGone, !inputEnded else { return nil }
    let count = Descriptors.retrying { Foundation.read(socket.descriptor, buffer.baseAddress, buffer.count) }
    if count > 0 { return count }
    if count < 0, Descriptors.wouldBlock(errno) { return nil }
    inputEnded = true
    socket.wantsToRead = false
    if count < 0 || isHungUp { close() }
    return 0
  }

  /// A client that is still to connect gets nothing any more.
  func finish() {
    if socket == nil { close() } else { wantsInput = false }
  }

  /// A client that ended its input may still want output; only when it has closed both ways it is gone.
  func checkIsGone() -> Bool {
    if !isGone, inputEnded, isHungUp { close() }
    return isGone
  }

  func close() {
    isGone = true
    listener?.cancel()
    socket?.close()
    listener = nil
    socket = nil
  }

  private var isHungUp: Bool {
    guard let socket else { return true }
    return Descriptors.isHungUp(socket.descriptor)
  }
}
