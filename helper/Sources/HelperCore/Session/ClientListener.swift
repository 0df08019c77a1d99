import Foundation
import JSONRPC
import Platform

/// Takes clients of a detached helper on a Unix socket.
final class ClientListener {
  private let path: String
  private let helper: Helper
  private let socket: StreamSocket
  /// Held as long as the helper listens: how another one sees that the socket is not a leftover.
  private let lock: Int32

  /// - Throws: `SystemError` when the path is too long or taken.
  init(path: String, helper: Helper) throws {
    self.path = path
    self.helper = helper
    guard path.utf8.count <= UnixSocket.maximumPathLength else {
      throw SystemError(
        ENAMETOOLONG,
        "listen at a path of \(path.utf8.count) bytes (\(UnixSocket.maximumPathLength) bytes is the limit)",
        path: path)
    }
    lock = try Self.takeLock(beside: path)
    do {
      try Self.removeLeftover(path)
      socket = StreamSocket(
        owning: try UnixSocket.listen(at: path, backlog: 64), queue: DispatchQueue(label: "vzkit.listen"))
    } catch {
      close(lock)
      throw error
    }
    socket.onReadable = { [unowned self] in acceptAll() }
    socket.wantsToRead = true
  }

  /// Stops listening. Clients that are connected stay.
  func stop() {
    socket.close()
    unlink(path)
    unlink(path + Self.lockSuffix)
    close(lock)
  }

  private static let lockSuffix = ".lock"

  private static func takeLock(beside path: String) throws -> Int32 {
    let descriptor = open(path + lockSuffix, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw SystemError(errno, "listen at", path: path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw SystemError(EADDRINUSE, "listen at (another helper listens there)", path: path)
    }
    return descriptor
  }

  /// A helper that was killed leaves its socket. Anything that is not a socket stays.
  private static func removeLeftover(_ path: String) throws {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFSOCK else { throw SystemError(EEXIST, "listen at", path: path) }
    unlink(path)
  }

  private func acceptAll() {
    while let descriptor = UnixSocket.accept(on: socket.descriptor) {
      let session = Session(helper: helper)
      Connection(input: descriptor, output: descriptor, service: session, log: HelperMain.log).start()
    }
  }
}
