import Foundation

/// Carries a `RecoveryMove` out.
struct RecoveryMoveRun<Medium: DiskMedium> {
  /// Bytes that are read at a time.
  private static var stepSize: UInt64 { 1 << 20 }

  let medium: Medium
  /// Throws to end the move; asked as long as nothing depends on it.
  let checkpoint: () throws -> Void
  /// Called with the bytes of the partition that are copied and compared so far, and twice its size.
  let onProgress: (_ completed: UInt64, _ total: UInt64) -> Void

  /// - Throws: what the medium or `checkpoint` throws. As long as the table does not name the new place, the disk then gets
  ///   its old size back; after that the same move, made again, finishes.
  func run(_ move: RecoveryMove) throws {
    let sizeBefore = try medium.size()
    var isCommitted = false
    var copied: Range<UInt64>?
    do {
      for step in move.steps {
        if case .commit = step { isCommitted = true }
        if case .copy(_, let target, let count) = step { copied = target..<target + count }
        try perform(step)
      }
    } catch {
      if !isCommitted { undo(sizeBefore, copied) }
      throw error
    }
  }

  private func perform(_ step: RecoveryMove.Step) throws {
    switch step {
    case .resize(let size): if try medium.size() != size { try medium.setSize(size) }
    case .copy(let source, let target, let count): try copy(source, target, count)
    case .write(let bytes, let sector), .commit(let bytes, let sector): try medium.write(bytes, sector: sector)
    case .synchronize: try medium.synchronize()
    case .free(let range): medium.makeHoles(in: range)
    }
  }

  /// The table names none of it.
  private func undo(_ size: UInt64, _ copied: Range<UInt64>?) {
    guard let now = try? medium.size() else { return }
    if now > size {
      try? medium.setSize(size)
    } else if let copied {
      medium.makeHoles(in: copied)
    }
  }

  private func copy(_ source: UInt64, _ target: UInt64, _ count: UInt64) throws {
    try eachStep(of: count, before: 0) { offset, length in
      let bytes = try medium.read(at: source + offset, count: length)
      try BlockCopy(bytes).write(to: medium, at: target + offset)
    }
    try medium.synchronize()
    try eachStep(of: count, before: count) { offset, length in
      let bytes = try medium.read(at: source + offset, count: length)
      guard BlockCopy.areSame(bytes, try medium.read(at: target + offset, count: length)) else {
        throw PartitionTableError.damaged("does not keep what is written to it")
      }
    }
  }

  private func eachStep(of count: UInt64, before: UInt64, _ body: (UInt64, Int) throws -> Void) throws {
    var done: UInt64 = 0
    while done < count {
      try checkpoint()
      let length = min(Self.stepSize, count - done)
      try body(done, Int(length))
      done += length
      onProgress(before + done, 2 * count)
    }
  }
}

/// Writes bytes where they differ from what is there: zeros over a hole stay a hole, and an interrupted copy goes on.
private struct BlockCopy {
  private static let blockSize = 16 << 10

  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func write(to medium: some DiskMedium, at target: UInt64) throws {
    let present = try medium.read(at: target, count: bytes.count)
    var start = 0
    while start < bytes.count {
      guard let first = nextDifference(from: start, present) else { return }
      let end = endOfDifference(from: first, present)
      try medium.write(Array(bytes[first..<end]), at: target + UInt64(first))
      start = end
    }
  }

  private func nextDifference(from start: Int, _ present: [UInt8]) -> Int? {
    stride(from: start, to: bytes.count, by: Self.blockSize).first { !isSame($0, present) }
  }

  private func endOfDifference(from start: Int, _ present: [UInt8]) -> Int {
    stride(from: start, to: bytes.count, by: Self.blockSize).first { isSame($0, present) } ?? bytes.count
  }

  private func isSame(_ offset: Int, _ present: [UInt8]) -> Bool {
    let length = min(Self.blockSize, bytes.count - offset)
    return bytes.withUnsafeBytes { mine in
      present.withUnsafeBytes { theirs in
        // Both have `length` bytes there: `present` was read with the count of `bytes`.
        memcmp(mine.baseAddress! + offset, theirs.baseAddress! + offset, length) == 0
      }
    }
  }

  static func areSame(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    one.count == other.count && memcmp(one, other, one.count) == 0
  }
}
