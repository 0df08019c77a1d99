#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Stream sockets of any family.
package enum StreamSockets {
  /// A socket that no child inherits.
  package static func make(_ family: Int32) throws -> Int32 {
    #if canImport(Darwin)
      let descriptor = socket(family, SOCK_STREAM, 0)
    #else
      let descriptor = socket(family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    #endif
    guard descriptor >= 0 else { throw SystemError(errno, "make a socket") }
    Descriptors.closeOnExec(descriptor)
    return descriptor
  }

  /// The next client of a non-blocking listener, closed on exec; nil when none waits any more.
  ///
  /// - Throws: `SystemError` when something is lacking for it; it then waits on.
  package static func accept(on listener: Int32) throws -> Int32? {
    while true {
      #if canImport(Darwin)
        let client = Darwin.accept(listener, nil, nil)
      #else
        let client = Glibc.accept(listener, nil, nil)
      #endif
      if client >= 0 {
        Descriptors.closeOnExec(client)
        return client
      }
      switch errno {
      // The client has given up; another may wait behind it.
      case EINTR, ECONNABORTED, EPROTO: continue
      case EAGAIN: return nil
      default: throw SystemError(errno, "accept a connection")
      }
    }
  }

  package static func shutDownReading(_ descriptor: Int32) { _ = shutdown(descriptor, Int32(SHUT_RD)) }
  package static func shutDown(_ descriptor: Int32) { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
}
