import CDownload
import Foundation
import HelperProtocol
import HostSystem
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

  private let file: LockFile
  private var descriptor: Int32 { file.descriptor }

  private init(_ file: LockFile) { self.file = file }

  /// Who asks has the target's download to itself, or follows another.
  enum Turn {
    case mine(DownloadLock)
    case others(DownloadLock)
  }

  static func take(for target: String) throws -> Turn {
    let path = PartialFile.path(for: target, suffix: ".vzkit-lock")
    switch try LockFile.take(path, .init(permissions: 0o644)) {
    case .others(let file): return .others(DownloadLock(file))
    case .unsupported(_, let number): throw SystemError(number, "lock", path: path)
    case .mine(let file):
      ftruncate(file.descriptor, 0)
      return .mine(DownloadLock(file))
    }
  }

  /// For one who follows: the end of the other, if it has come, with its outcome unless it failed or died.
  func otherHasEnded() throws -> Bool {
    switch FileLock.attempt(descriptor) {
    case .held: return true
    case .taken: return false
    case .failed(let number): throw SystemError(number, "lock", path: file.path)
    }
  }

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
  func remove() { file.remove() }
}
