import CVirtualization
import Foundation
import HostSystem

/// Bytes on their way from a guest to a slow reader: in memory up to a limit, beyond it in a file without a name, which
/// the system removes by itself.
struct SpillQueue {
  private let memoryLimit: Int
  private var memory: [UInt8] = []
  private var memoryStart = 0
  private var file: Int32 = -1
  private var fileStart: off_t = 0
  private var fileEnd: off_t = 0

  init(memoryLimit: Int = 256 << 10) {
    self.memoryLimit = memoryLimit
  }

  var bytesInMemory: Int { memory.count - memoryStart }

  var isEmpty: Bool { memoryStart == memory.count && fileStart == fileEnd }

  /// Takes the bytes over; the error (no room on the disk) leaves the queue as it was.
  mutating func append(_ bytes: UnsafeRawBufferPointer) throws {
    // Once some are in the file, later ones must queue behind them.
    if fileStart == fileEnd, bytesInMemory + bytes.count <= memoryLimit {
      compact()
      memory.append(contentsOf: bytes)
      return
    }
    if file < 0 { file = try Self.makeFile() }
    var written = 0
    while written < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
      let count = pwrite(file, rest.baseAddress, rest.count, fileEnd + off_t(written))
      guard count > 0 else { throw SystemError(count == 0 ? ENOSPC : errno, "write a temporary file") }
      written += count
    }
    fileEnd += off_t(written)
  }

  /// Shows the oldest bytes to `body`, which returns how many of them it has dealt with.
  mutating func consume(atMost limit: Int, _ body: (UnsafeRawBufferPointer) -> Int) throws {
    if memoryStart == memory.count { try refill() }
    let count = min(limit, memory.count - memoryStart)
    guard count > 0 else { return }
    memoryStart += memory[memoryStart..<memoryStart + count].withUnsafeBytes { body($0) }
  }

  mutating func discard() {
    memory = []
    memoryStart = 0
    fileStart = fileEnd
    if file >= 0 { close(file) }
    file = -1
  }

  private mutating func compact() {
    memory.removeFirst(memoryStart)
    memoryStart = 0
  }

  private mutating func refill() throws {
    compact()
    guard fileStart < fileEnd else { return }
    let wanted = min(Int(fileEnd - fileStart), memoryLimit)
    var failure: Int32 = 0
    memory = [UInt8](unsafeUninitializedCapacity: wanted) { room, count in
      let got = pread(file, room.baseAddress, wanted, fileStart)
      if got <= 0 { failure = got == 0 ? EIO : errno }
      count = max(0, got)
    }
    guard failure == 0 else { throw SystemError(failure, "read a temporary file") }
    fileStart += off_t(memory.count)
    guard fileStart == fileEnd else { return }
    _ = ftruncate(file, 0)
    fileStart = 0
    fileEnd = 0
  }

  private static func makeFile() throws -> Int32 {
    try ScratchFolders.firstUsable { folder in
      let file = vz_temporary_file(folder)
      guard file >= 0 else { throw SystemError(errno, "make a temporary file") }
      return file
    }
  }
}
