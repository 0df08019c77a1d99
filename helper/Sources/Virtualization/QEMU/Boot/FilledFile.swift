import CVirtualization
import Foundation
import HostSystem

/// A new file which is filled through memory.
final class FilledFile {
  let start: UnsafeMutableRawPointer
  private let count: Int

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

  /// A new file of that many bytes, to be filled.
  init(creating path: String, size: Int) throws {
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw SystemError(errno, "make the file", path: path) }
    defer { close(descriptor) }
    // Room is taken first: running out of it while a mapping is written would end the process.
    let code = posix_fallocate(descriptor, 0, off_t(size))
    guard code == 0 else { throw SystemError(code, "take room for", path: path) }
    guard let start = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), start != MAP_FAILED else {
      throw SystemError(errno, "map", path: path)
    }
    self.start = start
    count = size
  }

  deinit {
    munmap(start, count)
  }
}
