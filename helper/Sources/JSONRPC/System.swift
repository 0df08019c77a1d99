// Only the System files of this module talk to the C library, so that the rest reads the same on every system.
#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A failed system call: what was tried and what the system said.
struct SystemError: Error, CustomStringConvertible {
  let call: String
  let code: Int32

  init(_ call: String, _ code: Int32 = errno) {
    self.call = call
    self.code = code
  }

  var description: String { "\(call): \(String(cString: strerror(code)))" }
}

/// The outcome of one read or write.
enum TransferResult {
  case bytes(Int)
  case wouldBlock
  case failed(SystemError)
}

/// A thread's identity, comparable without a system call.
struct ThreadID: Equatable, @unchecked Sendable {  // pthread_t is only compared, never dereferenced
  private let thread: pthread_t
  static var current: ThreadID { ThreadID(thread: pthread_self()) }
  static func == (a: ThreadID, b: ThreadID) -> Bool { pthread_equal(a.thread, b.thread) != 0 }
}

/// A mutex with a condition. Both live on the heap at a fixed address, as pthreads require.
final class Monitor: @unchecked Sendable {  // pthread objects are made to be shared between threads
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    mutex.initialize(to: pthread_mutex_t())
    condition.initialize(to: pthread_cond_t())
    pthread_mutex_init(mutex, nil)
    #if canImport(Darwin)
      pthread_cond_init(condition, nil)
    #else
      var attributes = pthread_condattr_t()
      pthread_condattr_init(&attributes)
      pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
      pthread_cond_init(condition, &attributes)
      pthread_condattr_destroy(&attributes)
    #endif
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  @inline(__always) func lock() { pthread_mutex_lock(mutex) }
  @inline(__always) func unlock() { pthread_mutex_unlock(mutex) }
  func broadcast() { pthread_cond_broadcast(condition) }

  /// Waits for a broadcast, at most `milliseconds`, by a clock that never jumps. The caller holds the lock and checks its
  /// condition again.
  func wait(milliseconds: Int) {
    var time = timespec(tv_sec: time_t(milliseconds / 1000), tv_nsec: milliseconds % 1000 * 1_000_000)
    #if canImport(Darwin)
      pthread_cond_timedwait_relative_np(condition, mutex, &time)
    #else
      var now = timespec()
      clock_gettime(CLOCK_MONOTONIC, &now)
      let nanoseconds = now.tv_nsec + time.tv_nsec
      time.tv_sec += now.tv_sec + nanoseconds / 1_000_000_000
      time.tv_nsec = nanoseconds % 1_000_000_000
      pthread_cond_timedwait(condition, mutex, &time)
    #endif
  }
}

enum System {
  /// Milliseconds of a clock that never jumps.
  static var uptimeMilliseconds: Int {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Int(now.tv_sec) * 1000 + Int(now.tv_nsec) / 1_000_000
  }

  // MARK: Threads

  /// Starts a detached thread. Its stack is that of a main thread, for deeply nested documents in a handler.
  /// Returns false when the system has no thread left.
  static func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
    final class Start: Sendable {
      let body: @Sendable () -> Void
      init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
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

  // MARK: Memory

  @inline(__always)
  static func find(_ byte: UInt8, in start: UnsafePointer<UInt8>, count: Int) -> Int? {
    guard count > 0, let found = memchr(start, Int32(byte), count) else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(start)
  }

  // MARK: Descriptors

  static func read(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> TransferResult {
    while true {
      #if canImport(Darwin)
        let count = Darwin.read(descriptor, buffer.baseAddress, buffer.count)
      #else
        let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      #endif
      if count >= 0 { return .bytes(count) }
      if errno == EINTR { continue }
      return errno == EAGAIN ? .wouldBlock : .failed(SystemError("read"))
    }
  }

  /// Writes what the descriptor takes at once, if it is non-blocking. `MSG_DONTWAIT` would not do: macOS heeds it for
  /// reading only, so a blocking socket blocks there.
  static func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, isSocket: Bool) -> TransferResult {
    while true {
      let count: Int
      if isSocket {
        #if canImport(Darwin)
          count = send(descriptor, bytes.baseAddress, bytes.count, 0)
        #else
          count = send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
        #endif
      } else {
        #if canImport(Darwin)
          count = Darwin.write(descriptor, bytes.baseAddress, bytes.count)
        #else
          count = Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
      }
      if count >= 0 { return .bytes(count) }
      if errno == EINTR { continue }
      // macOS says ENOBUFS where Linux says EAGAIN.
      return errno == EAGAIN || errno == ENOBUFS ? .wouldBlock : .failed(SystemError("write"))
    }
  }

  static func close(_ descriptor: Int32) {
    #if canImport(Darwin)
      _ = Darwin.close(descriptor)
    #else
      _ = Glibc.close(descriptor)
    #endif
  }

  /// Lets go of a standard descriptor without freeing its number for whatever is opened next.
  static func pointAtNull(_ descriptor: Int32) {
    let null = open("/dev/null", O_RDWR | O_CLOEXEC)
    guard null >= 0 else { return close(descriptor) }
    dup2(null, descriptor)
    close(null)
  }

  static func kind(of descriptor: Int32) -> Descriptor.Kind {
    var info = stat()
    guard fstat(descriptor, &info) == 0 else { return .other }
    switch info.st_mode & S_IFMT {
    case S_IFSOCK: return .socket
    case S_IFIFO: return .pipe
    default: return .other
    }
  }

  static func closeOnExec(_ descriptor: Int32) { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }

  /// Makes reads and writes of the descriptor never wait; returns the flags to restore, or nil when nothing changed.
  static func setNonBlocking(_ descriptor: Int32) -> Int32? {
    let flags = fcntl(descriptor, F_GETFL)
    guard flags >= 0, flags & O_NONBLOCK == 0, fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) == 0 else { return nil }
    return flags
  }

  static func restoreFlags(_ descriptor: Int32, _ flags: Int32) { _ = fcntl(descriptor, F_SETFL, flags) }

  /// A write to a peer that has left must be an error, not the end of the process.
  static func disarmBrokenPipeSignal(for descriptor: Int32, kind: Descriptor.Kind) {
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

  /// Two connected descriptors that no child inherits.
  static func makePair() throws -> (Int32, Int32) {
    var ends: [Int32] = [-1, -1]
    #if canImport(Darwin)
      guard socketpair(AF_UNIX, SOCK_STREAM, 0, &ends) == 0 else { throw SystemError("socketpair") }
      ends.forEach(closeOnExec)
    #else
      let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
      guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw SystemError("socketpair") }
    #endif
    return (ends[0], ends[1])
  }

  // MARK: Waiting

  enum Interest { case readable, writable, hangUpOnly }

  /// Waits until `descriptor` is ready (or broken) or `wake` is readable; -1 milliseconds waits for ever.
  static func wait(
    for descriptor: Int32, _ interest: Interest, wake: Int32 = -1, milliseconds: Int32 = -1
  ) -> (ready: Bool, hungUp: Bool, woken: Bool) {
    let events: Int32
    switch interest {
    case .readable: events = Int32(POLLIN)
    case .writable: events = Int32(POLLOUT)
    // macOS reports nothing when nothing is asked for. POLLIN would report a peer that has only ended its own writing.
    case .hangUpOnly: events = Int32(POLLOUT)
    }
    var polled = (
      pollfd(fd: descriptor, events: Int16(events), revents: 0), pollfd(fd: wake, events: Int16(POLLIN), revents: 0)
    )
    let count = withUnsafeMutableBytes(of: &polled) { raw in
      poll(raw.bindMemory(to: pollfd.self).baseAddress, 2, milliseconds)
    }
    // Without memory for it the wait fails at once: a pause keeps the callers' loops from spinning.
    if count < 0, errno != EINTR { usleep(10_000) }
    guard count > 0 else { return (false, false, false) }
    let answer = Int32(polled.0.revents)
    return (answer != 0, answer & Int32(POLLERR | POLLHUP | POLLNVAL) != 0, polled.1.revents != 0)
  }

  static func shutDownReading(_ descriptor: Int32) { _ = shutdown(descriptor, Int32(SHUT_RD)) }
  static func shutDown(_ descriptor: Int32) { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
}
