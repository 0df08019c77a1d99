import CDownload
import Foundation
import HelperProtocol
import HostSystem
import Platform

/// The file that a download fills, beside its target, and the journal that tells a later run what is in it.
final class PartialFile: @unchecked Sendable {  // the fields are constants, the system guards the file
  /// What is known of a file that is partly there. Only what is on the disk for sure is vouched for.
  struct Journal: Codable, Equatable {
    static let currentVersion = 1
    /// A longer one was not written by us.
    static let maximumSize = 1 << 20

    var version = Journal.currentVersion
    var url: String
    var total: Int64
    var validator: Validator
    /// First byte and the one after the last of each range that is there.
    var completed: [[Int64]]
    /// Digest that the server has told.
    var sha256: String?
    var lastModifiedTime: Int64?
  }

  let path: String
  let descriptor: Int32
  private let journalPath: String
  private let target: String

  /// Opens what an earlier run has left, or a new file. The caller holds the target's lock.
  init(target: String) throws {
    self.target = target
    path = Self.path(for: target, suffix: ".vzkit-part")
    journalPath = path + ".json"
    descriptor = try Self.openAlone(path)
  }

  private static func openAlone(_ path: String) throws -> Int32 {
    while true {
      let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o644)
      guard descriptor >= 0 else { throw SystemError(errno, "make the file", path: path) }
      var status = stat()
      if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_nlink == 1 { return descriptor }
      close(descriptor)
      // A second name: a helper died while it gave the finished file its own. Writing here would write there.
      guard unlink(path) == 0 else { throw SystemError(errno, "replace the file", path: path) }
    }
  }

  deinit { close(descriptor) }

  /// The name of a file that belongs to `target`, hidden, in the same folder.
  static func path(for target: String, suffix: String) -> String {
    let folder = (target as NSString).deletingLastPathComponent
    return (folder.hasSuffix("/") ? folder : folder + "/") + "." + (target as NSString).lastPathComponent + suffix
  }

  /// All that a download may have left of `target` beside it.
  static func leftovers(of target: String) -> [String] {
    [".vzkit-part", ".vzkit-part.json", ".vzkit-part.json.new", ".vzkit-lock"].map { path(for: target, suffix: $0) }
  }

  /// Deletes the partial file of `target` and its journal. The caller holds the target's lock.
  static func removeLeftovers(of target: String) {
    let path = path(for: target, suffix: ".vzkit-part")
    for name in [path, path + ".json", path + ".json.new"] { unlink(name) }
  }

  /// What is there, and where it came from; nil when there is nothing of use.
  func load() -> (Journal, ByteRanges)? {
    guard let journal = Self.journal(of: target), size == journal.total,
      let completed = ByteRanges(pairs: journal.completed, total: journal.total)
    else { return nil }
    return (journal, completed)
  }

  /// What is noted of the partial file of `target`; nil when there is nothing of use.
  static func journal(of target: String) -> Journal? {
    let journalPath = path(for: target, suffix: ".vzkit-part") + ".json"
    let file = open(journalPath, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: Journal.maximumSize)
    let count = Descriptors.retrying { read(file, &bytes, bytes.count) }
    guard count > 0, let journal = try? JSONText.decode(Journal.self, from: bytes.prefix(count)),
      journal.version == Journal.currentVersion, journal.total >= 0, !journal.validator.isEmpty
    else { return nil }
    return journal
  }

  /// Puts all bytes on the disk, then notes which there are.
  ///
  /// - Parameter journal: made before the call: what arrives meanwhile is not vouched for.
  func save(_ journal: Journal) throws {
    let number = cd_flush(descriptor)
    guard number == 0 else { throw SystemError(number, "write", path: path) }
    let bytes = Array(try JSONEncoder().encode(journal))
    let temporary = journalPath + ".new"
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
    guard file >= 0 else { throw SystemError(errno, "make the file", path: temporary) }
    defer { close(file) }
    let count = Descriptors.retrying { write(file, bytes, bytes.count) }
    guard count == bytes.count else { throw SystemError(count < 0 ? errno : ENOSPC, "write", path: temporary) }
    let flushed = cd_flush(file)
    guard flushed == 0 else { throw SystemError(flushed, "write", path: temporary) }
    try FileRename.replacing(temporary, journalPath)
  }

  /// Throws away what is there.
  func reset() throws {
    unlink(journalPath)
    guard ftruncate(descriptor, 0) == 0 else { throw SystemError(errno, "write", path: path) }
  }

  /// Gives the file its length. What is missing takes no space yet.
  func setSize(_ size: Int64) throws {
    guard ftruncate(descriptor, off_t(size)) == 0 else { throw SystemError(errno, "lengthen the file", path: path) }
  }

  /// The length of the file in bytes.
  var size: Int64 {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int64(status.st_size) : -1
  }

  /// Bytes that the volume has too few of for the rest of a file of `total` bytes, 0 when it has enough.
  func missingSpace(total: Int64) -> Int64 {
    var status = stat()
    let folder = (target as NSString).deletingLastPathComponent
    guard fstat(descriptor, &status) == 0, let free = FileAllocation.freeSpace(in: folder.isEmpty ? "/" : folder) else {
      return 0
    }
    return max(0, total - Int64(status.st_blocks) * 512 - Int64(clamping: free))
  }

  /// Gives the whole file its name.
  ///
  /// - Parameter modificationTime: seconds since 1970; by it a later call sees that the server has nothing newer.
  func give(modificationTime: Int64?, overwrite: Bool) throws {
    if let modificationTime {
      let time = timespec(tv_sec: Int(modificationTime), tv_nsec: 0)
      _ = futimens(descriptor, [time, time])
    }
    try FileAllocation.synchronize(descriptor, path: path)
    try OutputPath(role: "download", path: target).whileUnused {
      try FileRename.give(target, to: path, replacing: overwrite)
    }
    unlink(journalPath)
    Self.synchronizeFolder(of: target)
  }

  /// Only then does a new name survive a power cut. A file system that cannot is no reason to fail.
  static func synchronizeFolder(of path: String) {
    let folder = (path as NSString).deletingLastPathComponent
    let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// Deletes the file and its journal.
  func discard() { Self.removeLeftovers(of: target) }
}
