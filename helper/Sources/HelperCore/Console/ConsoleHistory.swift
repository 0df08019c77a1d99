import Foundation

/// The latest output of a port, in chunks that all readers share.
///
/// Bytes are read from the guest straight into the last chunk and written to clients straight out of the chunks, so a
/// byte is copied once in and once out, however many clients there are.
struct ConsoleHistory {
  /// Bytes in a chunk; also how much is read at a time at most, twice over.
  static let chunkSize = 64 << 10

  /// Offset of the oldest byte that is kept.
  private(set) var startOffset: UInt64 = 0
  /// Bytes that were ever written.
  private(set) var endOffset: UInt64 = 0

  private var chunks: [Chunk] = []
  /// Offset of the first byte of the first chunk. Every chunk but the last is full, so offsets find their chunk by division.
  private var firstChunkOffset: UInt64 = 0
  /// The chunk after the last one, kept so that one read can fill the rest of the last chunk and more.
  private var spare: Chunk?

  /// Lets `read` fill free space and appends what it wrote.
  ///
  /// - Parameter read: given buffers; returns the number of bytes that it put there, or what it likes that is not positive.
  mutating func append(_ read: (UnsafePointer<iovec>, Int32) -> Int) -> Int {
    let used = Int(endOffset - firstChunkOffset) - max(chunks.count - 1, 0) * Self.chunkSize
    if chunks.isEmpty || used == Self.chunkSize { chunks.append(takeSpare()) }
    let last = chunks[chunks.count - 1]
    let offset = used == Self.chunkSize ? 0 : used
    let next = takeSpare()
    let buffers = [
      iovec(iov_base: last.bytes + offset, iov_len: Self.chunkSize - offset),
      iovec(iov_base: next.bytes, iov_len: Self.chunkSize),
    ]
    let count = read(buffers, 2)
    if count > Self.chunkSize - offset { chunks.append(next) } else { spare = next }
    if count > 0 { endOffset += UInt64(count) }
    return count
  }

  /// Forgets bytes before `offset`.
  mutating func forget(before offset: UInt64) {
    startOffset = max(startOffset, min(offset, endOffset))
    let dead = Int(startOffset - firstChunkOffset) / Self.chunkSize
    guard dead > 0 else { return }
    // One is kept for the next read: a steady stream then allocates nothing.
    spare = chunks[0]
    chunks.removeFirst(min(dead, chunks.count))
    firstChunkOffset += UInt64(dead * Self.chunkSize)
  }

  /// Hands the bytes from `offset` on, as far as `limit` buffers reach, to `write`.
  func read(from offset: UInt64, limit: Int = 16, _ write: (UnsafePointer<iovec>, Int32) -> Int) -> Int {
    var buffers: [iovec] = []
    var position = offset
    while position < endOffset, buffers.count < limit {
      let index = Int(position - firstChunkOffset) / Self.chunkSize
      let inside = Int(position - firstChunkOffset) % Self.chunkSize
      let length = min(Self.chunkSize - inside, Int(endOffset - position))
      buffers.append(iovec(iov_base: chunks[index].bytes + inside, iov_len: length))
      position += UInt64(length)
    }
    return buffers.isEmpty ? 0 : write(buffers, Int32(buffers.count))
  }

  private mutating func takeSpare() -> Chunk {
    defer { spare = nil }
    return spare ?? Chunk()
  }

  /// Memory is only touched, and so taken, as far as bytes arrive.
  private final class Chunk {
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: ConsoleHistory.chunkSize, alignment: 16)
    deinit { bytes.deallocate() }
  }
}
