// What the C library offers for sockets with a path.
#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension System {
  /// A file's identity: it stays the same when the file is renamed, and no other file has it.
  struct FileIdentity: Equatable, Sendable {
    let device: UInt64
    let number: UInt64
  }

  enum FileKind: Equatable {
    case missing
    case socket(FileIdentity)
    case other
  }

  /// What stands at `path`. A symbolic link is not followed.
  static func fileKind(at path: String) throws -> FileKind {
    var info = stat()
    guard lstat(path, &info) == 0 else {
      if errno == ENOENT { return .missing }
      throw SystemError("lstat")
    }
    guard info.st_mode & S_IFMT == S_IFSOCK else { return .other }
    return .socket(FileIdentity(info))
  }

  static func removeFile(_ path: String) throws {
    guard unlink(path) == 0 || errno == ENOENT else { throw SystemError("unlink") }
  }

  /// A non-blocking stream socket that no child inherits.
  static func makeSocket() throws -> Int32 {
    #if canImport(Darwin)
      let number = socket(AF_UNIX, SOCK_STREAM, 0)
    #else
      let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    #endif
    guard number >= 0 else { throw SystemError("socket") }
    closeOnExec(number)
    _ = setNonBlocking(number)
    return number
  }

  /// Binds to `path` and listens there. The file has mode 0600 from its first moment.
  static func listen(_ socket: Int32, at path: String, backlog: Int32) throws {
    #if canImport(Darwin)
      // The mask counts for all threads, so it can only make another's new file too private for this one call.
      let mask = umask(0o177)
      let result = withAddress(of: path) { bind(socket, $0, $1) }
      umask(mask)
      guard result == 0 else { throw SystemError("bind") }
      guard Darwin.listen(socket, backlog) == 0 else { throw SystemError("listen") }
    #else
      // Linux gives the new file the mode of the socket itself.
      guard fchmod(socket, 0o600) == 0 else { throw SystemError("fchmod") }
      guard withAddress(of: path, { bind(socket, $0, $1) }) == 0 else { throw SystemError("bind") }
      guard Glibc.listen(socket, backlog) == 0 else { throw SystemError("listen") }
    #endif
  }

  enum Answer { case somebody, nobody }

  /// Whether anybody listens at `path`.
  static func probe(_ path: String) throws -> Answer {
    let socket = try makeSocket()
    defer { close(socket) }
    if withAddress(of: path, { connect(socket, $0, $1) }) == 0 { return .somebody }
    switch errno {
    // A full queue is one that is still served.
    case EAGAIN, EINPROGRESS: return .somebody
    case ECONNREFUSED, ENOENT: return .nobody
    default: throw SystemError("connect")
    }
  }

  /// The next client of a listening socket; nil when none waits any more.
  static func accept(_ socket: Int32) throws -> Int32? {
    while true {
      #if canImport(Darwin)
        let client = Darwin.accept(socket, nil, nil)
      #else
        let client = Glibc.accept(socket, nil, nil)
      #endif
      if client >= 0 {
        closeOnExec(client)
        return client
      }
      switch errno {
      case EINTR: continue
      case EAGAIN, ECONNABORTED, EPROTO: return nil
      default: throw SystemError("accept")
      }
    }
  }

  /// The path must have been found to fit (`ListeningSocket.maximumPathLength`).
  private static func withAddress(of path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { space in
      // One byte less than there is: the rest stays zero, as the end mark.
      space.copyBytes(from: path.utf8.prefix(space.count - 1))
    }
    return withUnsafeBytes(of: &address) { bytes in
      // A variable's storage always has an address.
      guard let base = bytes.baseAddress else { return -1 }
      return body(base.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
    }
  }
}
