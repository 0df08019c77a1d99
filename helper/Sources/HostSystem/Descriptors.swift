#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Small operations on file descriptors.
package enum Descriptors {
  package static func close(_ descriptor: Int32) {
    #if canImport(Darwin)
      _ = Darwin.close(descriptor)
    #else
      _ = Glibc.close(descriptor)
    #endif
  }

  /// Lets go of a standard descriptor without freeing its number for whatever is opened next.
  package static func pointAtNull(_ descriptor: Int32) {
    let null = open("/dev/null", O_RDWR | O_CLOEXEC)
    guard null >= 0 else { return close(descriptor) }
    dup2(null, descriptor)
    close(null)
  }

  package static func kind(of descriptor: Int32) -> Descriptor.Kind {
    var info = stat()
    guard fstat(descriptor, &info) == 0 else { return .other }
    switch info.st_mode & S_IFMT {
    case S_IFSOCK: return .socket
    case S_IFIFO: return .pipe
    default: return .other
    }
  }

  /// Keeps a descriptor from the programs that are started later.
  package static func closeOnExec(_ descriptor: Int32) { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }

  /// Copies a descriptor to a number above the standard ones, which programs started later do not inherit.
  package static func duplicate(_ descriptor: Int32) throws -> Int32 {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
    guard copy >= 0 else { throw SystemError(errno, "duplicate a descriptor") }
    return copy
  }

  /// Makes reads and writes of the descriptor never wait; returns the flags to restore, or nil when nothing changed.
  @discardableResult
  package static func makeNonBlocking(_ descriptor: Int32) -> Int32? {
    let flags = fcntl(descriptor, F_GETFL)
    guard flags >= 0, flags & O_NONBLOCK == 0, fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) == 0 else { return nil }
    return flags
  }

  /// Makes reads and writes of the descriptor wait.
  package static func makeBlocking(_ descriptor: Int32) {
    let flags = fcntl(descriptor, F_GETFL)
    if flags >= 0 { restoreFlags(descriptor, flags & ~O_NONBLOCK) }
  }

  package static func restoreFlags(_ descriptor: Int32, _ flags: Int32) { _ = fcntl(descriptor, F_SETFL, flags) }

  /// Asks for a larger send buffer, in bytes; the system may give less.
  package static func setSendBuffer(_ descriptor: Int32, _ size: Int32) {
    var size = size
    setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout<Int32>.size))
  }

  /// A write to a peer that has left must be an error, not the end of the process.
  package static func disarmBrokenPipeSignal(for descriptor: Int32, kind: Descriptor.Kind) {
    #if canImport(Darwin)
      if kind == .socket {
        var on: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
        return
      }
    #endif
    // On a socket Linux takes MSG_NOSIGNAL per call. For a pipe only the process-wide disposition helps;
    // a handler that the program has set is left alone.
    guard kind != .socket else { return }
    var current = sigaction()
    guard sigaction(SIGPIPE, nil, &current) == 0 else { return }
    #if canImport(Darwin)
      let handler = current.__sigaction_u.__sa_handler
    #else
      let handler = current.__sigaction_handler.sa_handler
    #endif
    if handler == nil { signal(SIGPIPE, SIG_IGN) }
  }

  /// Whether a call that failed with this `errno` would have had to wait.
  package static func wouldBlock(_ number: Int32) -> Bool { number == EAGAIN || number == EWOULDBLOCK }

  /// Repeats a call that a signal interrupted.
  package static func retrying(_ call: () -> Int) -> Int {
    while true {
      let result = call()
      if result >= 0 || errno != EINTR { return result }
    }
  }
}
