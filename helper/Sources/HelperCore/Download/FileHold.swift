import CDownload
import Foundation
import HelperProtocol
import HostSystem
import Platform

/// Holds a file that is being read, so that nobody prunes it from the cache meanwhile. Any number of readers may.
final class FileHold {
  let path: String
  let descriptor: Int32

  init(_ path: String) throws {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw SystemError(errno, "open", path: path) }
    // File systems without locks know no pruning either: then it only lacks this protection.
    _ = FileLock.attempt(descriptor, isShared: true)
  }

  deinit { close(descriptor) }

  /// Whether somebody holds the file right now.
  static func isHeld(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return FileLock.attempt(descriptor) == .taken
  }

  /// The length in bytes.
  var size: Int64 {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int64(status.st_size) : 0
  }

  /// The SHA-256 of the contents in hexadecimal digits. Blocks.
  ///
  /// - Parameter onProgress: bytes done and bytes in all, at most ten times a second.
  /// - Throws: `requestCancelled`, or what went wrong.
  func sha256(onProgress: (UInt64, UInt64) -> Void, isCancelled: () -> Bool) throws -> String {
    let hash = try FileHash(descriptor, path: path)
    let size = size
    var told = DownloadAttempt.now
    try hash.advance(to: size) {
      if DownloadAttempt.now - told >= 0.1 {
        told = DownloadAttempt.now
        onProgress(UInt64(hash.offset), UInt64(size))
      }
      return !isCancelled()
    }
    guard !isCancelled() else { throw WireError.requestCancelled }
    return try hash.finish()
  }
}
