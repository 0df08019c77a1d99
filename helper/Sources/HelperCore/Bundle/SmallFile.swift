import Foundation
import HelperProtocol
import HostSystem
import Platform

/// Files that are read and written in one piece.
enum SmallFile {
  /// - Throws: `SystemError`, with `EFBIG` for a file beyond the limit and `EINVAL` for what is no ordinary file.
  static func read(_ path: String, limit: Int) throws -> [UInt8] {
    // Neither a link out of the folder nor a pipe that never ends.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { throw SystemError(errno, "read", path: path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw SystemError(errno, "read", path: path) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw SystemError(EINVAL, "read", path: path) }
    guard status.st_size <= limit else { throw SystemError(EFBIG, "read", path: path) }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var done = 0
    while done < bytes.count {
      let count = Descriptors.retrying {
        // There is a base address: the loop ends before an empty buffer.
        bytes.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress! + done, $0.count - done) }
      }
      guard count >= 0 else { throw SystemError(errno, "read", path: path) }
      if count == 0 { break }
      done += count
    }
    return Array(bytes.prefix(done))
  }

  /// Writes a file that is whole after a crash at any moment: the old one or the new one.
  static func replace(_ path: String, with bytes: [UInt8]) throws {
    let temporary = path + ".new"
    unlink(temporary)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw SystemError(errno, "write", path: path) }
    do {
      defer { close(descriptor) }
      try write(bytes, to: descriptor, path)
      try FileAllocation.synchronize(descriptor, path: path)
      try FileRename.replacing(temporary, path)
    } catch {
      unlink(temporary)
      throw error
    }
    FileAllocation.synchronizeFolder((path as NSString).deletingLastPathComponent)
  }

  /// Makes a file that another has written survive a power cut.
  static func synchronize(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError(errno, "open", path: path) }
    defer { close(descriptor) }
    try FileAllocation.synchronize(descriptor, path: path)
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Descriptors.retrying {
        rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      }
      guard count > 0 else { throw SystemError(errno, "write", path: path) }
      rest = rest.dropFirst(count)
    }
  }
}
