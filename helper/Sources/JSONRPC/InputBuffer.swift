/// Bytes that have been read and not yet used, in one block that grows with a large message and shrinks after it.
final class InputBuffer {
  private static let initialCapacity = 64 << 10
  /// A block up to this size is kept for the next message.
  private static let retainedCapacity = 1 << 20
  /// Less room than this is not worth a read.
  private static let minimumRoom = 16 << 10

  private var storage: UnsafeMutablePointer<UInt8>
  private(set) var capacity = InputBuffer.initialCapacity
  private var head = 0
  private var tail = 0

  init() { storage = .allocate(capacity: capacity) }
  deinit { storage.deallocate() }

  var count: Int { tail - head }

  /// The unused bytes. Valid until `room`, `discard` or the buffer's end.
  var unread: UnsafePointer<UInt8> { UnsafePointer(storage + head) }

  /// Gives up the first `count` unused bytes.
  func consume(_ count: Int) {
    precondition(count >= 0 && count <= self.count)
    head += count
    if head == tail {
      head = 0
      tail = 0
    }
  }

  /// Free space to read into, followed by `didRead`. The size of what is awaited may be far off: the block only doubles
  /// when it is full, so that memory follows what has really arrived and not what was announced.
  func room() -> UnsafeMutableRawBufferPointer {
    if head == tail, capacity > Self.retainedCapacity { reallocate(Self.initialCapacity) }
    if capacity - tail < Self.minimumRoom { makeRoom() }
    return UnsafeMutableRawBufferPointer(start: storage + tail, count: capacity - tail)
  }

  func didRead(_ count: Int) {
    precondition(count >= 0 && count <= capacity - tail)
    tail += count
  }

  /// For tests and for callers that have the bytes already.
  func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    var bytes = bytes[...]
    while !bytes.isEmpty {
      let room = room()
      let part = bytes.prefix(room.count)
      room.copyBytes(from: part)
      didRead(part.count)
      bytes = bytes.dropFirst(part.count)
    }
  }

  private func makeRoom() {
    let used = count
    if used <= capacity / 2 {
      storage.update(from: storage + head, count: used)
      head = 0
      tail = used
      if capacity > Self.retainedCapacity, used < Self.initialCapacity / 2 { reallocate(Self.initialCapacity) }
    } else {
      reallocate(capacity * 2)
    }
  }

  private func reallocate(_ newCapacity: Int) {
    let used = count
    let replacement = UnsafeMutablePointer<UInt8>.allocate(capacity: newCapacity)
    replacement.update(from: storage + head, count: used)
    storage.deallocate()
    storage = replacement
    capacity = newCapacity
    head = 0
    tail = used
  }
}
