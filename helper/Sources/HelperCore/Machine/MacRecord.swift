import Foundation
import HelperProtocol
import Platform

/// Notes one running virtual Mac where all helpers of this user see it, since a host runs few of them and the framework
/// does not tell which. The note is a locked file: the kernel frees it when the process dies, however it dies.
final class MacRecord {
  private static let lead = "mac-"
  /// Longest note that is read, in bytes.
  private static let longest = 1024

  private let path: String
  private var descriptor: Int32

  static var systemFolder: String { CacheFolder.path("running-macs") }

  /// - Parameter folder: where the notes are; made when missing.
  /// - Throws: `SystemError` when it cannot be written.
  init(_ mac: RunningMac, folder: String = MacRecord.systemFolder) throws {
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    (path, descriptor) = try Self.make(in: folder, Self.text(mac))
  }

  deinit { release() }

  /// The Mac runs no more. Doing it twice is fine.
  func release() {
    guard descriptor >= 0 else { return }
    unlink(path)
    close(descriptor)
    descriptor = -1
  }

  /// The virtual Macs that run, ordered by helper and machine. Removes the notes of helpers that were killed.
  static func all(in folder: String = MacRecord.systemFolder) -> [RunningMac] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasPrefix(lead) }.compactMap { read("\(folder)/\($0)") }
      .sorted {
        ($0.processIdentifier, $0.machine.count, $0.machine) < ($1.processIdentifier, $1.machine.count, $1.machine)
      }
  }

  // MARK: - Files

  private static func make(in folder: String, _ text: String) throws -> (String, Int32) {
    for _ in 0..<16 {
      let path = "\(folder)/\(lead)\(getpid())-\(String(UInt32.random(in: 0...UInt32.max), radix: 36))"
      let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else {
        if errno == EEXIST || errno == EINTR { continue }
        throw SystemError(errno, "note the virtual Mac in", path: path)
      }
      // Who looks before the lock is taken sees a note without a helper, and removes it.
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0, write(text, to: descriptor), isStill(descriptor, at: path) {
        return (path, descriptor)
      }
      unlink(path)
      close(descriptor)
    }
    throw SystemError(EAGAIN, "note the virtual Mac in", path: folder)
  }

  private static func read(_ path: String) -> RunningMac? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_SH | LOCK_NB) != 0 else {
      if isStill(descriptor, at: path) { unlink(path) }
      return nil
    }
    var bytes = [UInt8](repeating: 0, count: longest)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    return mac(String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self))
  }

  private static func isStill(_ descriptor: Int32, at path: String) -> Bool {
    var opened = stat()
    var named = stat()
    return fstat(descriptor, &opened) == 0 && lstat(path, &named) == 0 && opened.st_ino == named.st_ino
  }

  private static func write(_ text: String, to descriptor: Int32) -> Bool {
    let bytes = Array(text.utf8)
    return Foundation.write(descriptor, bytes, bytes.count) == bytes.count
  }

  // MARK: - Text

  private static func text(_ mac: RunningMac) -> String {
    // Names come from clients and end up on terminals.
    let name = String(
      mac.name.prefix(64).map { $0.unicodeScalars.contains { $0.properties.generalCategory == .control } ? " " : $0 })
    return "\(mac.processIdentifier) \(mac.machine) \(name)\n"
  }

  private static func mac(_ text: String) -> RunningMac? {
    guard let line = text.split(separator: "\n").first else { return nil }
    let parts = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let process = Int32(parts[0]) else { return nil }
    return RunningMac(machine: String(parts[1]), name: String(parts[2]), processIdentifier: process)
  }
}
