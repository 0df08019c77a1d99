#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Holds one thing by its name: a small file that is locked. The kernel frees it when the process dies, however it dies.
package final class LockFile: @unchecked Sendable {  // whoever has it releases it once
  /// Who asks has the file to itself, or another has it.
  package enum Turn {
    case mine(LockFile)
    /// Open, but not locked: to read what its holder has written, or to try again.
    case others(LockFile)
    /// The file system has no locks: open, and not locked; the value is `errno`.
    case unsupported(LockFile, Int32)
  }

  package struct Options {
    package var isShared = false
    /// Every write goes to the end of the file, so that sharers do not overwrite each other.
    package var appends = false
    /// Of a new file.
    package var permissions: mode_t = 0o600

    package init(isShared: Bool = false, appends: Bool = false, permissions: mode_t = 0o600) {
      self.isShared = isShared
      self.appends = appends
      self.permissions = permissions
    }
  }

  package let path: String
  package private(set) var descriptor: Int32
  /// Whether this object has the lock, and did not only open the file.
  private var isHeld = false
  /// Whether the file had been there before.
  package let wasThere: Bool

  private init(opening path: String, _ options: Options) throws {
    self.path = path
    let flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | (options.appends ? O_APPEND : 0)
    // Another may remove the file between the two calls, or make it.
    var file = open(path, flags | O_CREAT | O_EXCL, options.permissions)
    wasThere = file < 0 && errno == EEXIST
    if wasThere { file = open(path, flags | O_CREAT, options.permissions) }
    let number = errno
    descriptor = file
    guard file >= 0 else { throw SystemError(number, "open the lock file", path: path) }
  }

  deinit { release() }

  /// Opens the file at `path`, which is made when it is missing, in a folder that exists, and locks it without waiting.
  ///
  /// - Throws: `SystemError` when it cannot be opened.
  package static func take(_ path: String, _ options: Options = Options()) throws -> Turn {
    while true {
      let file = try LockFile(opening: path, options)
      switch FileLock.attempt(file.descriptor, isShared: options.isShared) {
      case .taken: return .others(file)
      case .failed(let number): return .unsupported(file, number)
      // Its last holder may have removed the file between the two calls.
      case .held:
        guard file.isStillThere else { continue }
        file.isHeld = true
        return .mine(file)
      }
    }
  }

  /// Opens and locks the file at `path` in the same way, or throws.
  ///
  /// - Parameter refusal: makes the error to throw when another holds it, from the open file.
  /// - Throws: `SystemError`, or what `refusal` makes.
  package static func require(
    _ path: String, _ options: Options = Options(), refusal: (_ descriptor: Int32) -> any Error
  ) throws -> LockFile {
    switch try take(path, options) {
    case .mine(let file): return file
    case .others(let file): throw refusal(file.descriptor)
    case .unsupported(_, let number): throw SystemError(number, "lock", path: path)
    }
  }

  /// Whether the path still names this file.
  package var isStillThere: Bool { FileLock.isStill(descriptor, at: path) }

  /// Removes the file, unless another one has taken its place. It stays locked until the release.
  package func remove() { if isStillThere { unlink(path) } }

  /// Lets go, and leaves the file where it is.
  package func leave() {
    isHeld = false
    release()
  }

  /// Lets go and, as the last one out, removes the file; whoever opened it in the meantime notices and opens it anew.
  /// Done with the object too; doing it twice is fine.
  package func release() {
    guard descriptor >= 0 else { return }
    // Shared with others, it cannot be had alone.
    if isHeld, FileLock.attempt(descriptor) == .held { remove() }
    Descriptors.close(descriptor)
    descriptor = -1
  }
}
