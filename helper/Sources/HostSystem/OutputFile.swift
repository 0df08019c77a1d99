#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A file of a caller's that is open for writing.
///
/// Opening one never waits, whatever the path names, and never empties a disk image that a machine writes to. As long as
/// the descriptor or a copy of it is open, no machine gets the file as a disk that it may write to.
package struct OutputFile {
  /// Owned by the caller. Writing to it does not wait either.
  package let descriptor: Int32
  /// False for a FIFO, a terminal and other character devices, which may take bytes more slowly than they come.
  package let isRegular: Bool

  /// A reason why a file is not opened.
  package enum Problem: Error, Equatable {
    /// A system call failed with this `errno`.
    case system(Int32)
    case isFolder
    /// A block device or a socket.
    case isNoStream
    /// A FIFO that no process has open for reading.
    case hasNoReader
    /// A machine writes to it.
    case isInUse
  }

  /// Opens a file to append to it, and makes it if it is missing.
  ///
  /// - Parameters:
  ///   - keepsContent: whether what is in the file stays.
  ///   - permissions: of a new file.
  package init(_ path: String, keepsContent: Bool, permissions: mode_t) throws {
    let flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
    let descriptor = open(path, flags, permissions)
    guard descriptor >= 0 else { throw Self.problem(errno, path) }
    do {
      isRegular = try Self.secure(descriptor, keepsContent: keepsContent)
    } catch {
      close(descriptor)
      throw error
    }
    self.descriptor = descriptor
  }

  /// - Returns: whether the file is a regular one.
  private static func secure(_ descriptor: Int32, keepsContent: Bool) throws -> Bool {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Problem.system(errno) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFIFO, S_IFCHR: return false
    default: throw Problem.isNoStream
    }
    // Shared: several ports may print into one file. File systems without locks have no machines to protect either.
    if FileLock.attempt(descriptor, isShared: true) == .taken { throw Problem.isInUse }
    // Only now, and not by a flag of `open`: the content of a disk in use would be gone already.
    guard keepsContent || ftruncate(descriptor, 0) == 0 else { throw Problem.system(errno) }
    return true
  }

  private static func problem(_ number: Int32, _ path: String) -> Problem {
    var status = stat()
    switch number {
    case EISDIR: return .isFolder
    case ENXIO where stat(path, &status) == 0:
      return status.st_mode & S_IFMT == S_IFIFO ? .hasNoReader : .isNoStream
    default: return .system(number)
    }
  }
}
