import Foundation
import HostSystem

/// A new file that gets its name only when it is whole. Until then it has none, where the file system knows files without
/// names, or a hidden one in the same folder, which is locked for as long as its maker lives.
package final class UnfinishedFile {
  package let descriptor: Int32
  private let path: String
  /// The hidden name, until it is given up.
  private var hidden: String?

  /// Left behind by makers that died; those that live change or lock theirs.
  package static let staleAge: TimeInterval = 600

  /// Makes an empty file for `path`.
  ///
  /// - Parameter named: gives it a hidden name even where none is needed.
  /// - Throws: `SystemError`.
  package init(for path: String, permissions: mode_t = 0o644, named: Bool = false) throws {
    self.path = path
    let folder = Self.folder(of: path)
    Self.sweep(folder)
    if !named, let descriptor = Self.openUnnamed(folder, permissions) {
      self.descriptor = descriptor
      return
    }
    let hidden = Self.hiddenName(in: folder)
    // Once it is the object's, failing ends the object first, which closes it and changes errno.
    let file = open(hidden, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, permissions)
    guard file >= 0 else { throw SystemError(errno, "make a file in", path: folder) }
    descriptor = file
    _ = FileLock.attempt(descriptor)
    self.hidden = hidden
  }

  deinit {
    if let hidden { unlink(hidden) }
    close(descriptor)
  }

  /// Gives the file its name; without `replacing` it fails with `EEXIST` when that is taken.
  package func finish(replacing: Bool) throws {
    if let hidden {
      try FileRename.give(path, to: hidden, replacing: replacing)
    } else if replacing {
      // What is there can be replaced by a name only.
      let hidden = Self.hiddenName(in: Self.folder(of: path))
      try link(to: hidden)
      self.hidden = hidden
      try FileRename.replacing(hidden, path)
    } else {
      try link(to: path)
    }
    hidden = nil
  }

  private static func folder(of path: String) -> String {
    let folder = (path as NSString).deletingLastPathComponent
    return folder.isEmpty ? "/" : folder
  }

  private static let prefix = ".vzkit-"
  private static let suffix = ".tmp"

  private static func hiddenName(in folder: String) -> String {
    "\(folder)/\(prefix)\(getpid())-\(String(UInt64.random(in: 0...UInt64.max), radix: 36))\(suffix)"
  }

  #if os(Linux)
    // The C library's headers hide both from Swift.
    private static let temporaryFile = O_DIRECTORY | 0o20_000_000
    private static let followsLinks: Int32 = 0x400

    private static func openUnnamed(_ folder: String, _ permissions: mode_t) -> Int32? {
      // Names are given through here.
      guard access("/proc/self/fd", X_OK) == 0 else { return nil }
      let descriptor = open(folder, temporaryFile | O_RDWR | O_CLOEXEC, permissions)
      return descriptor >= 0 ? descriptor : nil
    }

    private func link(to name: String) throws {
      guard linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, name, Self.followsLinks) == 0 else {
        throw SystemError(errno, "make", path: name)
      }
    }
  #else
    private static func openUnnamed(_ folder: String, _ permissions: mode_t) -> Int32? { nil }

    private func link(to name: String) throws { throw SystemError(ENOTSUP, "make", path: name) }
  #endif

  // MARK: - What others left behind

  /// Removes hidden files whose makers are gone. What cannot be looked at is left alone.
  package static func sweep(_ folder: String, olderThan age: TimeInterval = staleAge) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where name.hasPrefix(prefix) && name.hasSuffix(suffix) {
      removeIfStale("\(folder)/\(name)", olderThan: age)
    }
  }

  private static func removeIfStale(_ path: String, olderThan age: TimeInterval) {
    // Not by process number: the maker may have run in another container or on another host.
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid(),
      Date().timeIntervalSince1970 - Double(FileTime.modification(&status)) >= age,
      FileLock.attempt(descriptor) == .held, FileLock.isStill(descriptor, at: path)
    else { return }
    unlink(path)
  }
}
