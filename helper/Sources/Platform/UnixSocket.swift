import Foundation

/// Unix stream sockets. Every descriptor is closed on exec.
package enum UnixSocket {
  /// Longest path that this package gives to a socket, in bytes: what fits on every system, with room to spare.
  package static let maximumPathLength = 100

  /// Two connected sockets.
  package static func makePair() throws -> (Int32, Int32) {
    var pair: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, streamType, 0, &pair) == 0 else {
      throw SystemError(errno, "make a pair of sockets")
    }
    pair.forEach(closeOnExec)
    return (pair[0], pair[1])
  }

  /// A non-blocking socket that listens at `path`, which only this user may connect to.
  package static func listen(at path: String, backlog: Int32) throws -> Int32 {
    try listening(at: path) { descriptor, address, length in
      // The mode of a socket is set by fchmod before bind on some systems and by chmod after on others; inside a private
      // folder nobody else can come in between.
      guard bind(descriptor, address, length) == 0, chmod(path, 0o600) == 0, Foundation.listen(descriptor, backlog) == 0
      else { throw SystemError(errno, "listen at", path: path) }
    }
  }

  /// A socket connected to the one that listens at `path`.
  package static func connect(to path: String) throws -> Int32 {
    let descriptor = try makeSocket()
    do {
      try withAddress(of: path) { address, length in
        guard Foundation.connect(descriptor, address, length) == 0 else {
          throw SystemError(errno, "connect to", path: path)
        }
      }
      return descriptor
    } catch {
      close(descriptor)
      throw error
    }
  }

  /// The next connection, or nil when none waits.
  package static func accept(on listener: Int32) -> Int32? {
    while true {
      let descriptor = Foundation.accept(listener, nil, nil)
      if descriptor >= 0 {
        closeOnExec(descriptor)
        return descriptor
      }
      guard errno == EINTR || errno == ECONNABORTED else { return nil }
    }
  }

  /// Whether the peer has closed its socket, so that nothing that is written can ever be read. A peer that has only ended
  /// its own writing still reads.
  package static func isHungUp(_ descriptor: Int32) -> Bool {
    // macOS reports nothing when no events are asked for, and with POLLIN also a peer that still reads.
    var query = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return poll(&query, 1, 0) > 0 && query.revents & Int16(POLLHUP | POLLERR) != 0
  }

  private static func listening(
    at path: String, _ start: (Int32, UnsafePointer<sockaddr>, socklen_t) throws -> Void
  ) throws -> Int32 {
    let descriptor = try makeSocket()
    do {
      let flags = fcntl(descriptor, F_GETFL)
      _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK)
      try withAddress(of: path) { try start(descriptor, $0, $1) }
      return descriptor
    } catch {
      close(descriptor)
      throw error
    }
  }

  private static func makeSocket() throws -> Int32 {
    let descriptor = socket(AF_UNIX, streamType, 0)
    guard descriptor >= 0 else { throw SystemError(errno, "make a socket") }
    closeOnExec(descriptor)
    return descriptor
  }

  private static func closeOnExec(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  private static func withAddress<Result>(
    of path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) throws -> Result
  ) throws -> Result {
    var address = sockaddr_un()
    let bytes = Array(path.utf8)
    guard bytes.count <= maximumPathLength, !bytes.contains(0) else {
      throw SystemError(ENAMETOOLONG, "use the socket path", path: path)
    }
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    return try withUnsafePointer(to: &address) { pointer in
      try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        try body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }

  #if os(Linux)
    private static let streamType = Int32(SOCK_STREAM.rawValue)
  #else
    private static let streamType = SOCK_STREAM
  #endif
}
