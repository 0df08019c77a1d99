import Foundation
import HelperProtocol
import HostSystem
import Platform

/// A RAW disk image that is open for change.
final class RawDiskFile: DiskMedium {
  let path: String
  private let descriptor: Int32

  /// - Throws: `SystemError` when it cannot be opened, `WireError` when it is not an ordinary file.
  init(_ path: String) throws {
    self.path = path
    // Not the object's yet: its end would change errno.
    let file = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw SystemError(errno, "open the disk image", path: path) }
    descriptor = file
    guard try status().st_mode & S_IFMT == S_IFREG else {
      throw WireError(.invalidDiskImage, "\(path) is not an ordinary file, and cannot be changed as a disk.")
    }
  }

  deinit { close(descriptor) }

  func size() throws -> UInt64 { UInt64(max(try status().st_size, 0)) }

  private func status() throws -> stat {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw SystemError(errno, "open the disk image", path: path) }
    return status
  }

  func setSize(_ size: UInt64) throws {
    guard ftruncate(descriptor, off_t(size)) == 0 else {
      guard errno == EFBIG else { throw SystemError(errno, "extend the disk image", path: path) }
      throw WireError(
        .outOfDiskSpace,
        "A file of \(size) bytes is more than the file system of \(path) or a limit of this process allows. "
          + "Choose a smaller size.")
    }
  }

  func read(at offset: UInt64, count: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let got = Descriptors.retrying {
        // There is a base address: the loop ends before an empty buffer.
        bytes.withUnsafeMutableBytes {
          pread(descriptor, $0.baseAddress! + done, count - done, off_t(offset) + off_t(done))
        }
      }
      // It ends before what its own size says: someone cuts it off.
      guard got > 0 else { throw SystemError(got < 0 ? errno : EIO, "read the disk image", path: path) }
      done += got
    }
    return bytes
  }

  func write(_ bytes: [UInt8], at offset: UInt64) throws {
    var done = 0
    while done < bytes.count {
      let written = Descriptors.retrying {
        // There is a base address: the loop ends before an empty buffer.
        bytes.withUnsafeBytes {
          pwrite(descriptor, $0.baseAddress! + done, bytes.count - done, off_t(offset) + off_t(done))
        }
      }
      guard written > 0 else { throw SystemError(errno, "write the disk image", path: path) }
      done += written
    }
  }

  func synchronize() throws { try FileAllocation.synchronize(descriptor, path: path) }

  func makeHoles(in range: Range<UInt64>) {
    FileHoles.make(descriptor, Int64(range.lowerBound)..<Int64(range.upperBound))
  }
}
