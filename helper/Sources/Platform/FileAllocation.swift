import Foundation
import HostSystem

/// Space on a disk.
package enum FileAllocation {
  /// Reserves `length` bytes of disk space from `offset` on and lengthens the file to hold them.
  ///
  /// - Throws: `SystemError`, with `ENOSPC` when the disk is full. With `ENOTSUP` the file system cannot reserve space;
  ///   then writing zeros is the only way.
  package static func reserve(_ descriptor: Int32, offset: Int64, length: Int64, path: String) throws {
    while true {
      let number = reserveOnce(descriptor, offset: offset, length: length)
      switch number {
      case 0: return
      case EINTR: continue
      case EOPNOTSUPP, ENOSYS, EINVAL: throw SystemError(ENOTSUP, "reserve space for", path: path)
      default: throw SystemError(number, "reserve space for", path: path)
      }
    }
  }

  #if os(Linux)
    // Where the file system cannot reserve, the C library writes into every block: slow, but it does what was asked.
    private static func reserveOnce(_ descriptor: Int32, offset: Int64, length: Int64) -> Int32 {
      posix_fallocate(descriptor, off_t(offset), off_t(length))
    }
  #else
    private static func reserveOnce(_ descriptor: Int32, offset: Int64, length: Int64) -> Int32 {
      var request = fstore_t(
        fst_flags: UInt32(F_ALLOCATEALL), fst_posmode: F_PEOFPOSMODE, fst_offset: 0, fst_length: length,
        fst_bytesalloc: 0)
      guard fcntl(descriptor, F_PREALLOCATE, &request) == 0 else { return errno }
      return ftruncate(descriptor, offset + length) == 0 ? 0 : errno
    }
  #endif

  /// Bytes that this user may still write on the volume of `folder`, or nil when the system does not say.
  package static func freeSpace(in folder: String) -> UInt64? {
    #if os(Linux)
      var facts = statvfs()
      guard statvfs(folder, &facts) == 0 else { return nil }
      return UInt64(facts.f_bavail) * UInt64(facts.f_frsize)
    #else
      // statvfs counts blocks with 32 bits there.
      var facts = statfs()
      guard statfs(folder, &facts) == 0 else { return nil }
      return UInt64(facts.f_bavail) * UInt64(facts.f_bsize)
    #endif
  }

  /// Makes the bytes of a file survive a power cut.
  package static func synchronize(_ descriptor: Int32, path: String) throws {
    #if os(Linux)
      let failed = fsync(descriptor) != 0
    #else
      // fsync stops at the drive's own cache there.
      let failed = fcntl(descriptor, F_FULLFSYNC) != 0 && fsync(descriptor) != 0
    #endif
    if failed { throw SystemError(errno, "write", path: path) }
  }

  /// Makes the names in a folder survive a power cut. A file system that cannot is no reason to fail.
  package static func synchronizeFolder(_ folder: String) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// Whether there is anything of this name, a link that leads nowhere included.
  package static func exists(_ path: String) -> Bool { status(of: path) != nil }

  /// Bytes of a file, or of the one that a link leads to; nil when there is none.
  package static func size(of path: String) -> UInt64? { target(of: path).map { UInt64(max($0.st_size, 0)) } }

  /// Bytes that a file, or the one that a link leads to, takes on the disk; 0 when there is none.
  package static func usedSpace(of path: String) -> UInt64 {
    target(of: path).map { UInt64(max($0.st_blocks, 0)) * 512 } ?? 0
  }

  private static func target(of path: String) -> stat? {
    var status = stat()
    return stat(path, &status) == 0 ? status : nil
  }

  private static func status(of path: String) -> stat? {
    var status = stat()
    return lstat(path, &status) == 0 ? status : nil
  }
}
