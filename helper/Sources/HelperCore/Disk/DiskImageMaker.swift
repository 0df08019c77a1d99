import Foundation
import HelperProtocol
import HostSystem
import Platform

/// Makes one disk image of zeros. It gets its name only when it is whole.
struct DiskImageMaker {
  /// Guests address disks in sectors of so many bytes.
  static let sectorSize: UInt64 = 512
  /// So much space is reserved between two looks at whether the request was cancelled.
  private static let step: UInt64 = 64 << 20

  let path: String
  /// In bytes.
  let size: UInt64
  var format = DiskImageFormat.raw
  let isSparse: Bool
  let overwrite: Bool
  /// Whether the caller has lost interest.
  let isCancelled: () -> Bool
  /// Called with the bytes done so far.
  let onProgress: (UInt64) -> Void
  /// Whether it has a hidden name while it is made even where the file system could do without.
  var isNamed = false
  /// Makes images in Apple's format.
  var diskUtility = DiskUtility()

  /// Blocks until the image is there.
  ///
  /// - Throws: `WireError` or `SystemError`; then nothing is left behind.
  func make() throws {
    try checkTarget()
    if !isSparse { try checkSpace() }
    do {
      switch format {
      case .raw: try makeRaw()
      case .asif: try makeSparse()
      }
    } catch let error as SystemError {
      throw failure(error.number)
    }
    FileAllocation.synchronizeFolder(folder)
  }

  private func makeRaw() throws {
    let file = try UnfinishedFile(for: path, named: isNamed)
    try fill(file.descriptor)
    if isCancelled() { throw WireError.requestCancelled }
    try FileAllocation.synchronize(file.descriptor, path: path)
    try output.whileUnused { try file.finish(replacing: overwrite) }
  }

  /// Another program makes the file, so that it has a hidden name until it is whole.
  private func makeSparse() throws {
    guard Foundation.access(folder, W_OK) == 0 else { throw SystemError(errno, "make a file in", path: folder) }
    let hidden = "\(folder)/.vzkit-\(getpid())-\(String(UInt64.random(in: 0...UInt64.max), radix: 36)).asif"
    do {
      try diskUtility.createImage(at: hidden, size: size, isCancelled: isCancelled)
      if isCancelled() { throw WireError.requestCancelled }
      try SmallFile.synchronize(hidden)
      try output.whileUnused { try FileRename.give(path, to: hidden, replacing: overwrite) }
    } catch {
      unlink(hidden)
      guard var error = error as? WireError else { throw error }
      error.message = error.message.replacingOccurrences(of: hidden, with: path)
      throw error
    }
    onProgress(size)
  }

  private var output: OutputPath { OutputPath(role: "disk image", path: path, field: "params.path") }

  private var folder: String {
    let name = (path as NSString).deletingLastPathComponent
    return name.isEmpty ? "/" : name
  }

  /// Asked before any work is done; `give` makes sure once more.
  private func checkTarget() throws {
    try output.requireFileName()
    var status = stat()
    guard lstat(path, &status) == 0 else {
      if errno == ENOENT { return }
      throw failure(errno)
    }
    guard overwrite else {
      throw WireError(.fileExists, "There is a file \(path) already. Choose another path or set overwrite.")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw WireError(.fileExists, "\(path) is not a file that could be replaced. Choose another path.")
    }
    try output.requireUnused()
  }

  private func checkSpace() throws {
    guard let free = FileAllocation.freeSpace(in: folder), free < size else { return }
    throw WireError(
      .outOfDiskSpace,
      "A disk image of \(size) bytes does not fit into \(folder), which has \(free) bytes free. "
        + "Free space there or make the image sparse.")
  }

  private func fill(_ descriptor: Int32) throws {
    var done: UInt64 = 0
    var canReserve = true
    while !isSparse, done < size {
      if isCancelled() { throw WireError.requestCancelled }
      let length = min(Self.step, size - done)
      do {
        if canReserve {
          try FileAllocation.reserve(descriptor, offset: Int64(done), length: Int64(length), path: path)
        } else {
          try writeZeros(descriptor, length: length)
        }
        done += length
        onProgress(done)
      } catch let error as SystemError where error.number == ENOTSUP && canReserve && done == 0 {
        canReserve = false
      }
    }
    guard ftruncate(descriptor, off_t(size)) == 0 else { throw SystemError(errno, "make", path: path) }
    if isSparse { onProgress(size) }
  }

  private func writeZeros(_ descriptor: Int32, length: UInt64) throws {
    let zeros = [UInt8](repeating: 0, count: 1 << 20)
    var left = Int(length)
    while left > 0 {
      let count = Descriptors.retrying { write(descriptor, zeros, min(left, zeros.count)) }
      guard count > 0 else { throw SystemError(errno, "write", path: path) }
      left -= count
    }
  }

  private func failure(_ number: Int32) -> any Error {
    switch number {
    case ENOENT:
      return WireError(.fileNotFound, "The folder \(folder) for the disk image does not exist. Make it first.")
    case ENOSPC, EDQUOT:
      return WireError(
        .outOfDiskSpace, "The disk is full: there is no room for the image \(path) of \(size) bytes. Free space there.")
    case EFBIG:
      return WireError(
        .outOfDiskSpace,
        "A file of \(size) bytes is more than the file system of \(folder) or a limit of this process allows. "
          + "Choose a smaller size or another volume.")
    case EEXIST:
      return WireError(.fileExists, "There is a file \(path) already. Choose another path or set overwrite.")
    default: return SystemError(number, "make the disk image", path: path)
    }
  }
}
