import Foundation
import HostSystem

#if os(Linux)
  import CVirtualization
#endif

/// Copies a large file the cheapest way: by sharing its blocks where the file system can, else data only, so that holes
/// stay holes.
package struct SparseCopy {
  /// So many bytes are copied between two looks at whether to go on.
  private static let step: off_t = 16 << 20

  let source: String
  let target: String
  /// Asked now and then; throws to end the copy.
  let checkpoint: () throws -> Void
  /// Called with the bytes of data copied so far; holes are not counted.
  let onProgress: (UInt64) -> Void

  package init(
    from source: String, to target: String, checkpoint: @escaping () throws -> Void = {},
    onProgress: @escaping (UInt64) -> Void = { _ in }
  ) {
    self.source = source
    self.target = target
    self.checkpoint = checkpoint
    self.onProgress = onProgress
  }

  /// Blocks until `target`, which must not exist, is a copy of `source`, which must be an ordinary file.
  ///
  /// - Parameters:
  ///   - synchronize: whether the bytes must survive a power cut.
  ///   - sharesBlocks: whether to try that first; for tests of the other way.
  ///   - trustsHoles: whether to skip what the file system calls a hole, unread; otherwise everything is read, and what
  ///     is zero becomes a hole.
  ///   - methods: between which to choose where holes are trusted; for tests of each.
  /// - Throws: `SystemError` or what `checkpoint` throws; `target` may then exist in part.
  package func run(
    synchronize: Bool = false, sharesBlocks: Bool = true, trustsHoles: Bool = Self.holesAreTrue,
    methods: [CopyMethod] = Self.methods
  ) throws {
    let from = open(source, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard from >= 0 else { throw SystemError(errno, "open", path: source) }
    defer { close(from) }
    let status = try ordinaryFile(from)
    #if !os(Linux)
      if sharesBlocks, clonefile(source, target, UInt32(CLONE_NOFOLLOW)) == 0 {
        return try finishClone(synchronize: synchronize)
      }
    #endif
    let to = open(target, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, status.st_mode & 0o777)
    guard to >= 0 else { throw SystemError(errno, "make", path: target) }
    defer { close(to) }
    #if os(Linux)
      let isShared = sharesBlocks && vz_share_blocks(from, to) == 0
    #else
      let isShared = false
    #endif
    if !isShared { try copyData(from, to, size: status.st_size, trustsHoles ? CopyPace(methods) : nil) }
    if synchronize { try FileAllocation.synchronize(to, path: target) }
  }

  private func ordinaryFile(_ descriptor: Int32) throws -> stat {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw SystemError(errno, "open", path: source) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw SystemError(EINVAL, "copy", path: source) }
    return status
  }

  #if os(Linux)
    package static let holesAreTrue = true
    package static let methods = CopyMethod.allCases
  #else
    package static let methods = [CopyMethod.buffer]
    /// APFS has been seen to report holes where there is data.
    package static let holesAreTrue = false

    /// A clone has the flags of its source, and one that is locked could neither be changed nor removed.
    private func finishClone(synchronize: Bool) throws {
      var status = stat()
      guard lstat(target, &status) == 0 else { throw SystemError(errno, "open", path: target) }
      let locks = UInt32(UF_IMMUTABLE | UF_APPEND | SF_IMMUTABLE | SF_APPEND)
      if status.st_flags & locks != 0, chflags(target, status.st_flags & ~locks) != 0 {
        throw SystemError(errno, "unlock", path: target)
      }
      guard synchronize else { return }
      let copy = open(target, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
      guard copy >= 0 else { throw SystemError(errno, "open", path: target) }
      defer { close(copy) }
      try FileAllocation.synchronize(copy, path: target)
    }
  #endif

  /// - Parameter pace: nil to read what the file system calls a hole too.
  private func copyData(_ from: Int32, _ to: Int32, size: off_t, _ pace: CopyPace?) throws {
    guard ftruncate(to, size) == 0 else { throw SystemError(errno, "write", path: target) }
    let trustsHoles = pace != nil
    var copier = RangeCopier(source: from, target: to, pace: pace)
    var offset: off_t = 0
    var done: UInt64 = 0
    var nextLook: off_t = 0
    while offset < size, let data = trustsHoles ? try nextData(from, offset) : offset, data < size {
      let hole = trustsHoles ? min(nextHole(from, data, size), size) : size
      offset = data
      while offset < hole {
        if offset >= nextLook {
          try checkpoint()
          onProgress(done)
          nextLook = offset + Self.step
        }
        let count = try copier.copy(offset, Int(min(hole - offset, off_t(Int32.max)))) { number, isReading in
          SystemError(number, isReading ? "read" : "write", path: isReading ? source : target)
        }
        // Someone has cut the source off; what follows is a hole.
        guard count.read > 0 else { return onProgress(done) }
        offset += off_t(count.read)
        done += UInt64(count.written)
      }
    }
    onProgress(done)
  }

  #if os(Linux)
    private func nextData(_ descriptor: Int32, _ offset: off_t) throws -> off_t? {
      let data = vz_next_data(descriptor, offset)
      if data >= 0 { return data }
      // A file system that does not know its holes has none.
      return errno == ENXIO ? nil : offset
    }

    private func nextHole(_ descriptor: Int32, _ offset: off_t, _ size: off_t) -> off_t {
      let hole = vz_next_hole(descriptor, offset)
      return hole > offset ? hole : size
    }
  #else
    private func nextData(_ descriptor: Int32, _ offset: off_t) throws -> off_t? {
      let data = lseek(descriptor, offset, SEEK_DATA)
      if data >= 0 { return data }
      return errno == ENXIO ? nil : offset
    }

    private func nextHole(_ descriptor: Int32, _ offset: off_t, _ size: off_t) -> off_t {
      let hole = lseek(descriptor, offset, SEEK_HOLE)
      return hole > offset ? hole : size
    }
  #endif
}
