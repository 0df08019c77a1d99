// What the C library offers for lock files.
#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension System {
  enum LockResult { case held, taken, unsupported }

  /// Opens a lock file, which is made when it is missing.
  static func openLockFile(_ path: String) throws -> (descriptor: Int32, isNew: Bool) {
    let flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
    let made = open(path, flags | O_CREAT | O_EXCL, 0o600)
    if made >= 0 { return (made, true) }
    guard errno == EEXIST else { throw SystemError("open \(path)") }
    let opened = open(path, flags | O_CREAT, 0o600)
    guard opened >= 0 else { throw SystemError("open \(path)") }
    return (opened, false)
  }

  /// Locks a file, without waiting, until its descriptor is closed.
  static func tryLock(_ descriptor: Int32) throws -> LockResult {
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      switch errno {
      case EINTR: continue
      case EWOULDBLOCK: return .taken
      case ENOTSUP, EOPNOTSUPP, ENOSYS, ENOLCK, EINVAL: return .unsupported
      default: throw SystemError("flock")
      }
    }
    return .held
  }

  /// The identity of an open file; nil when it is not an ordinary file of this user.
  static func ownFileIdentity(of descriptor: Int32) -> FileIdentity? {
    var info = stat()
    return fstat(descriptor, &info) == 0 ? ownFileIdentity(info) : nil
  }

  /// The identity of the file at `path`; nil when there is no ordinary file of this user. A symbolic link is not followed.
  static func ownFileIdentity(at path: String) -> FileIdentity? {
    var info = stat()
    return lstat(path, &info) == 0 ? ownFileIdentity(info) : nil
  }

  private static func ownFileIdentity(_ info: stat) -> FileIdentity? {
    guard info.st_mode & S_IFMT == S_IFREG, info.st_uid == geteuid() else { return nil }
    return FileIdentity(info)
  }

  static func pause(milliseconds: UInt32) { usleep(milliseconds * 1000) }
}

extension System.FileIdentity {
  init(_ info: stat) {
    self.init(device: UInt64(truncatingIfNeeded: info.st_dev), number: UInt64(info.st_ino))
  }
}
