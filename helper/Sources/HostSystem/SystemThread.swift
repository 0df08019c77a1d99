#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A thread's identity, comparable without a system call.
package struct ThreadID: Equatable, @unchecked Sendable {  // pthread_t is only compared, never dereferenced
  private let thread: pthread_t
  package static var current: ThreadID { ThreadID(thread: pthread_self()) }
  package static func == (a: ThreadID, b: ThreadID) -> Bool { pthread_equal(a.thread, b.thread) != 0 }
}

/// Threads that nobody waits for.
package enum SystemThread {
  private final class Start: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Starts a detached thread. Its stack is that of a main thread, for deeply nested documents in a handler.
  /// Returns false when the system has no thread left.
  package static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    pthread_attr_setstacksize(&attributes, 8 << 20)
    let start = Unmanaged.passRetained(Start(body))
    #if canImport(Darwin)
      var thread: pthread_t?
      let code = pthread_create(
        &thread, &attributes,
        { argument in
          Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().body()
          return nil
        }, start.toOpaque())
    #else
      var thread = pthread_t()
      let code = pthread_create(
        &thread, &attributes,
        { argument in
          // The argument is the `start` given below, so it is never nil.
          if let argument { Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().body() }
          return nil
        }, start.toOpaque())
    #endif
    if code != 0 { start.release() }
    return code == 0
  }
}
