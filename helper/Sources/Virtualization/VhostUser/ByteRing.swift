import Foundation

/// Bytes that wait for a slow reader. Takes memory only while it holds something, and never more than its limit.
struct ByteRing: ~Copyable {
  private var storage: UnsafeMutableRawBufferPointer?
  private var start = 0
  private(set) var count = 0
  private let limit: Int

  /// - Parameter limit: the most bytes it may ever hold.
  init(limit: Int) {
    self.limit = limit
  }

  deinit {
    storage?.deallocate()
  }

  var isEmpty: Bool { count == 0 }

  /// Adds a copy of the bytes. False, and nothing added, when they would exceed the limit.
  mutating func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count <= limit - count else { return false }
    reserve(count + bytes.count)
    guard let storage, let source = bytes.baseAddress, let target = storage.baseAddress else { return true }
    let end = (start + count) % storage.count
    let first = min(bytes.count, storage.count - end)
    memcpy(target + end, source, first)
    memcpy(target, source + first, bytes.count - first)
    count += bytes.count
    return true
  }

  /// The bytes from the oldest to the newest, in at most two pieces.
  func pieces() -> [iovec] {
    guard let storage, let base = storage.baseAddress, count > 0 else { return [] }
    let first = min(count, storage.count - start)
    let head = iovec(iov_base: base + start, iov_len: first)
    return first == count ? [head] : [head, iovec(iov_base: base, iov_len: count - first)]
  }

  /// Forgets the oldest bytes.
  mutating func removeFirst(_ number: Int) {
    guard let storage else { return }
    count -= number
    start = (start + number) % storage.count
    if count == 0 { removeAll() }
  }

  /// Forgets everything and gives the memory back.
  mutating func removeAll() {
    storage?.deallocate()
    storage = nil
    start = 0
    count = 0
  }

  private mutating func reserve(_ needed: Int) {
    let capacity = storage?.count ?? 0
    guard needed > capacity else { return }
    let larger = UnsafeMutableRawBufferPointer.allocate(
      byteCount: min(limit, max(needed, capacity * 2, 4096)), alignment: 16)
    var offset = 0
    for piece in pieces() {
      if let source = piece.iov_base, let target = larger.baseAddress { memcpy(target + offset, source, piece.iov_len) }
      offset += piece.iov_len
    }
    storage?.deallocate()
    storage = larger
    start = 0
  }
}
