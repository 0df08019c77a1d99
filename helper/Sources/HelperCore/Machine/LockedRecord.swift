import Foundation
import HostSystem
import Platform

/// A note that other helpers of this user can read for as long as this process holds it: a small locked file. The kernel
/// frees it when the process dies, however it dies; who reads next removes it.
final class LockedRecord {
  /// Longest record that is read, in bytes.
  private static let longest = 64 << 10

  private let path: String
  private var descriptor: Int32

  /// - Parameters:
  ///   - lead: what the names of records of one sort begin with.
  ///   - folder: where the records are; made when missing.
  /// - Throws: an error when it cannot be written.
  init(_ bytes: [UInt8], lead: String, folder: String) throws {
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    (path, descriptor) = try Self.make(bytes, lead, in: folder)
  }

  deinit { release() }

  /// Takes the record back. Doing it twice is fine.
  func release() {
    guard descriptor >= 0 else { return }
    unlink(path)
    close(descriptor)
    descriptor = -1
  }

  /// The contents of all records that are held. Removes those of processes that were killed.
  static func all(lead: String, in folder: String) -> [[UInt8]] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasPrefix(lead) }.compactMap { read("\(folder)/\($0)") }
  }

  private static func make(_ bytes: [UInt8], _ lead: String, in folder: String) throws -> (String, Int32) {
    for _ in 0..<16 {
      let path = "\(folder)/\(lead)\(getpid())-\(String(UInt32.random(in: 0...UInt32.max), radix: 36))"
      let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else {
        if errno == EEXIST || errno == EINTR { continue }
        throw SystemError(errno, "make a record in", path: folder)
      }
      // Who looks before the lock is taken sees a record that nobody holds, and removes it.
      if FileLock.attempt(descriptor) == .held, write(descriptor, bytes, bytes.count) == bytes.count,
        FileLock.isStill(descriptor, at: path)
      {
        return (path, descriptor)
      }
      unlink(path)
      close(descriptor)
    }
    throw SystemError(EAGAIN, "make a record in", path: folder)
  }

  private static func read(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard FileLock.attempt(descriptor, isShared: true) != .held else {
      if FileLock.isStill(descriptor, at: path) { unlink(path) }
      return nil
    }
    var bytes = [UInt8](repeating: 0, count: longest)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    return Array(bytes.prefix(max(count, 0)))
  }
}
