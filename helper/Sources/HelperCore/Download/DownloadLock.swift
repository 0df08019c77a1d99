import CDownload
import Foundation
import HelperProtocol
import Platform

/// Sees to it that a target has one download at a time, among all calls of all helpers. The others follow the one that
/// has the lock: it writes into the lock's file how far it is, and in the end what came of it.
///
/// The file lies beside the target, so that all who can write the target see it, and is locked with `flock`: the kernel
/// frees it when its holder dies.
final class DownloadLock {
  /// How a download ended well.
  struct Outcome: Codable, Equatable {
    var url: String
    var size: Int64
    var sha256: String?
    var device: UInt64
    var inode: UInt64
  }

  /// What stands in the file.
  struct Status: Codable {
    var completed: UInt64 = 0
    var total: UInt64?
    var bytesPerSecond: Double = 0
    var secondsLeft: Double?
    var outcome: Outcome?
  }

  /// Longer than any status.
  private static let statusSize = 4096

  private let descriptor: Int32
  private let path: String

  private init(_ descriptor: Int32, _ path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit { close(descriptor) }

  /// Who asks has the target's download to itself, or follows another.
  enum Turn {
    case mine(DownloadLock)
    case others(DownloadLock)
  }

  static func take(for target: String) throws -> Turn {
    let path = PartialFile.path(for: target, suffix: ".vzkit-lock")
    while true {
      let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o644)
      guard descriptor >= 0 else { throw SystemError(errno, "make the file", path: path) }
      let lock = DownloadLock(descriptor, path)
      guard try lock.tryToLock() else { return .others(lock) }
      // Whoever had it before may have removed it meanwhile.
      guard lock.isStillThere else { continue }
      ftruncate(descriptor, 0)
      return .mine(lock)
    }
  }

  /// For one who follows: the end of the other, if it has come, with its outcome unless it failed or died.
  func otherHasEnded() throws -> Bool { try tryToLock() }

  var status: Status? {
    var bytes = [UInt8](repeating: 0, count: Self.statusSize)
    let count = Descriptors.retrying { pread(descriptor, &bytes, bytes.count, 0) }
    guard count > 0 else { return nil }
    return try? JSONText.decode(Status.self, from: bytes.prefix(count))
  }

  /// For the holder: tells those who follow.
  func tell(_ status: Status) {
    guard var bytes = (try? JSONEncoder().encode(status)).map(Array.init), bytes.count < Self.statusSize else { return }
    // Spaces cover the rest of a longer one. One write: a reader sees the old or the new.
    bytes += [UInt8](repeating: 0x20, count: Self.statusSize - bytes.count)
    _ = pwrite(descriptor, bytes, bytes.count, 0)
  }

  /// For the holder: removes the file. The lock goes with this object.
  func remove() { unlink(path) }

  private func tryToLock() throws -> Bool {
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      if errno == EINTR { continue }
      guard errno == EWOULDBLOCK else { throw SystemError(errno, "lock", path: path) }
      return false
    }
    return true
  }

  private var isStillThere: Bool {
    var opened = stat()
    var named = stat()
    return fstat(descriptor, &opened) == 0 && stat(path, &named) == 0 && opened.st_ino == named.st_ino
      && opened.st_dev == named.st_dev
  }
}
