#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Unix stream sockets. Every descriptor is closed on exec.
package enum UnixSocket {
  /// Longest path that this package gives to a socket, in bytes: what fits on every system, with room to spare.
  package static let maximumPathLength = 100

  /// Two connected sockets.
  package static func makePair() throws -> (Int32, Int32) {
    var ends: [Int32] = [-1, -1]
    #if canImport(Darwin)
      let result = socketpair(AF_UNIX, SOCK_STREAM, 0, &ends)
    #else
      let result = socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends)
    #endif
    guard result == 0 else { throw SystemError(errno, "make a pair of sockets") }
    ends.forEach(Descriptors.closeOnExec)
    return (ends[0], ends[1])
  }

  /// A non-blocking socket that listens at `path`, which only this user may connect to.
  package static func listen(at path: String, backlog: Int32) throws -> Int32 {
    try making { descriptor in
      Descriptors.makeNonBlocking(descriptor)
      try listen(descriptor, at: path, backlog: backlog)
    }
  }

  /// Binds a socket to `path` and listens there. Nobody can connect before the file has mode 0600.
  package static func listen(_ socket: Int32, at path: String, backlog: Int32) throws {
    #if !canImport(Darwin)
      // Linux gives the new file the mode of the socket itself.
      guard fchmod(socket, 0o600) == 0 else { throw SystemError(errno, "set the mode of a socket") }
    #endif
    let number = try withAddress(of: path) { bind(socket, $0, $1) }
    guard number == 0 else { throw SystemError(number, "listen at", path: path) }
    #if canImport(Darwin)
      let isPrivate = fchmodat(AT_FDCWD, path, 0o600, AT_SYMLINK_NOFOLLOW) == 0
      guard isPrivate, Darwin.listen(socket, backlog) == 0 else { throw SystemError(errno, "listen at", path: path) }
    #else
      guard Glibc.listen(socket, backlog) == 0 else { throw SystemError(errno, "listen at", path: path) }
    #endif
  }

  /// A socket connected to the one that listens at `path`.
  package static func connect(to path: String) throws -> Int32 {
    try making { descriptor in
      let number = try startConnecting(descriptor, to: path)
      guard number == 0 else { throw SystemError(number, "connect to", path: path) }
    }
  }

  package enum Answer { case somebody, nobody }

  /// Whether anybody listens at `path`.
  package static func probe(_ path: String) throws -> Answer {
    let socket = try StreamSockets.make(AF_UNIX)
    defer { Descriptors.close(socket) }
    Descriptors.makeNonBlocking(socket)
    switch try startConnecting(socket, to: path) {
    // A full queue is one that is still served.
    case 0, EAGAIN, EINPROGRESS: return .somebody
    case ECONNREFUSED, ENOENT: return .nobody
    case let number: throw SystemError(number, "connect to", path: path)
    }
  }

  /// - Returns: `errno`; 0 when the socket is connected.
  private static func startConnecting(_ socket: Int32, to path: String) throws -> Int32 {
    try withAddress(of: path) { address, length in
      #if canImport(Darwin)
        Darwin.connect(socket, address, length)
      #else
        Glibc.connect(socket, address, length)
      #endif
    }
  }

  /// A socket that is closed again when `body` throws.
  private static func making(_ body: (Int32) throws -> Void) throws -> Int32 {
    let descriptor = try StreamSockets.make(AF_UNIX)
    do {
      try body(descriptor)
      return descriptor
    } catch {
      Descriptors.close(descriptor)
      throw error
    }
  }

  /// - Returns: `errno` of the call in `body`; 0 when it succeeded.
  private static func withAddress(
    of path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) throws -> Int32 {
    let bytes = Array(path.utf8)
    guard bytes.count <= maximumPathLength, !bytes.contains(0) else {
      throw SystemError(ENAMETOOLONG, "use the socket path", path: path)
    }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0 ? 0 : errno
      }
    }
  }
}
