import Foundation
import HelperProtocol
import HostSystem
import Platform

/// Keeps the programs that made a machine from starting it. Tart locks `config.json` with `fcntl` as long as the machine
/// runs, Lume with `flock`; both give way to a reader's lock.
final class ForeignLock {
  private let descriptor: Int32

  /// - Parameters:
  ///   - file: an ordinary file, which is not to be opened again before the lock is let go: that would end it.
  ///   - folder: the machine's, for messages.
  /// - Throws: `WireError` of kind `inUse`, or `SystemError`.
  init(_ file: String, of folder: String) throws {
    descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { throw SystemError(errno, "open", path: file) }
    do {
      try take(folder)
    } catch {
      close(descriptor)
      throw error
    }
  }

  deinit { close(descriptor) }

  private func take(_ folder: String) throws {
    if let holder = Self.process(holding: descriptor) {
      throw Self.inUse(folder, "the process with the id \(holder)")
    }
    var reading = Self.request(F_RDLCK)
    let isTaken =
      fcntl(descriptor, F_SETLK, &reading) == 0
      ? FileLock.attempt(descriptor, isShared: true) == .taken : [EAGAIN, EACCES].contains(errno)
    // Where a file system has no locks, nobody else can have one either.
    if isTaken { throw Self.inUse(folder, "the program that made it") }
  }

  private static func process(holding descriptor: Int32) -> pid_t? {
    var question = request(F_RDLCK)
    guard fcntl(descriptor, F_GETLK, &question) == 0, question.l_type != Int16(F_UNLCK) else { return nil }
    return question.l_pid
  }

  /// For the whole file.
  private static func request(_ kind: some BinaryInteger) -> flock {
    var request = flock()
    request.l_type = Int16(kind)
    request.l_whence = Int16(SEEK_SET)
    return request
  }

  private static func inUse(_ folder: String, _ who: String) -> WireError {
    WireError(.inUse, "The machine \(folder) is in use by \(who). Stop it first.")
  }
}
