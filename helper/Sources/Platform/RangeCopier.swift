import Foundation
import HostSystem

#if os(Linux)
  import CVirtualization
#endif

/// Copies bytes to the same place of another file.
struct RangeCopier {
  /// Small enough to stay in the processor's cache between reading and writing.
  private static let bufferSize = 256 << 10
  /// What is zero is left out in pieces of this size: a page of memory, and the block of APFS.
  private static let pieceSize = 4096

  let source: Int32
  let target: Int32
  /// Which method is used; nil to leave pieces that are zero unwritten, so that they become holes of the target.
  private var pace: CopyPace?
  private var buffer = [UInt8](repeating: 0, count: bufferSize)

  typealias Failure = (Int32, _ isReading: Bool) -> SystemError

  init(source: Int32, target: Int32, pace: CopyPace?) {
    self.source = source
    self.target = target
    self.pace = pace
  }

  /// - Returns: how many bytes were read, 0 at the end of the source, and how many of them were written.
  mutating func copy(_ offset: off_t, _ count: Int, _ failure: Failure) throws -> (read: Int, written: Int) {
    guard let step = pace?.next else { return try copyData(offset, count, failure) }
    let began = Self.processorTime
    let done = try copyAll(offset, min(count, step.bytes), by: step.method, failure)
    pace?.took(step, bytes: done, seconds: Self.processorTime - began)
    return (done, done)
  }

  /// - Returns: fewer bytes than wanted only at the end of the source.
  private mutating func copyAll(
    _ offset: off_t, _ wanted: Int, by method: CopyMethod, _ failure: Failure
  ) throws -> Int {
    var done = 0
    while done < wanted {
      let place = offset + off_t(done)
      #if os(Linux)
        if method == .kernel {
          let count = vz_copy_range(source, target, place, wanted - done)
          if count < 0, errno == EINTR { continue }
          if count >= 0 {
            guard count > 0 else { return done }
            done += count
            continue
          }
          // The buffer finds out what cannot be read or written. What this file system cannot do is not asked again.
          pace = pace?.without(.kernel) ?? CopyPace([.buffer])
        }
      #endif
      let count = try copyBuffer(place, wanted - done, failure)
      guard count > 0 else { return done }
      done += count
    }
    return done
  }

  private mutating func copyBuffer(_ offset: off_t, _ count: Int, _ failure: Failure) throws -> Int {
    let got = try read(offset, count, failure)
    try buffer.withUnsafeBytes { try write(UnsafeRawBufferPointer(rebasing: $0[..<got]), at: offset, failure) }
    return got
  }

  private mutating func copyData(
    _ offset: off_t, _ count: Int, _ failure: Failure
  ) throws -> (read: Int, written: Int) {
    let got = try read(offset, count, failure)
    var total = 0
    try buffer.withUnsafeBytes { bytes in
      let read = UnsafeRawBufferPointer(rebasing: bytes[..<got])
      for range in Self.dataRanges(in: read) {
        try write(UnsafeRawBufferPointer(rebasing: read[range]), at: offset + off_t(range.lowerBound), failure)
        total += range.count
      }
    }
    return (got, total)
  }

  private mutating func read(_ offset: off_t, _ count: Int, _ failure: Failure) throws -> Int {
    var got = 0
    repeat { got = pread(source, &buffer, min(count, buffer.count), offset) } while got < 0 && errno == EINTR
    guard got >= 0 else { throw failure(errno, true) }
    return got
  }

  private func write(
    _ bytes: UnsafeRawBufferPointer, at offset: off_t, _ failure: Failure
  ) throws {
    var written = 0
    while written < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
      let count = pwrite(target, rest.baseAddress, rest.count, offset + off_t(written))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure(errno, false) }
      written += count
    }
  }

  /// The pieces that hold anything but zeros, neighbours joined.
  private static func dataRanges(in bytes: UnsafeRawBufferPointer) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    for start in stride(from: 0, to: bytes.count, by: pieceSize) {
      let piece = start..<min(start + pieceSize, bytes.count)
      if isZero(UnsafeRawBufferPointer(rebasing: bytes[piece])) { continue }
      if let last = ranges.last, last.upperBound == start {
        ranges[ranges.count - 1] = last.lowerBound..<piece.upperBound
      } else {
        ranges.append(piece)
      }
    }
    return ranges
  }

  /// Bytes that are zero are those whose first is and whose others equal the one before: `memcmp` is the quickest loop.
  private static func isZero(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let start = bytes.baseAddress, bytes.count > 0 else { return true }
    return bytes[0] == 0 && memcmp(start, start + 1, bytes.count - 1) == 0
  }

  /// Seconds that this thread has kept a processor busy: what waits for other programs does not count.
  private static var processorTime: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
