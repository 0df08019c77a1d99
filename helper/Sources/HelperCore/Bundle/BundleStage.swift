import Foundation
import HelperProtocol
import HostSystem
import Platform

/// A bundle while it is being made: a hidden folder beside the place where it will appear, locked by its maker.
final class BundleStage {
  let target: BundlePath
  var path: String { target.creating }
  private var lock: DiskLock?

  /// What an interrupted maker has left is removed.
  ///
  /// - Parameter source: the folder that the bundle is copied from, if any.
  /// - Throws: `WireError` of kind `fileExists`, `fileNotFound`, `invalidParams` for a place in a bundle or in the source, or `inUse` when another makes the same bundle.
  init(for target: BundlePath, owner: LockOwner, source: String? = nil) throws {
    self.target = target
    try BundlePlace.check(target, source: source)
    try requireFree()
    try BundleRemoval.removeLeftover(target.deleting)
    while lock == nil {
      if mkdir(path, 0o755) == 0 {
        do {
          lock = try BundleLock.take(path, owner: owner)
        } catch let error as WireError where error.kind == .fileNotFound {
          // Another took it for a leftover in the moment before it was locked.
          continue
        }
      } else if errno == EEXIST {
        try BundleRemoval.removeLeftover(path)
      } else {
        throw failure(errno)
      }
    }
  }

  /// Gives the bundle its name, and hands over its lock. Unless that is kept, the bundle is free at once.
  @discardableResult
  func commit() throws -> DiskLock {
    guard let lock else { preconditionFailure("A stage is committed once.") }

    FileAllocation.synchronizeFolder(path)
    try requireFree()
    // An empty folder gives way, anything else does not.
    guard rename(path, target.path) == 0 else {
      throw [EEXIST, ENOTEMPTY, ENOTDIR].contains(errno) ? exists : failure(errno)
    }
    FileAllocation.synchronizeFolder(target.folder)
    self.lock = nil
    return lock
  }

  /// Removes everything again.
  func abandon() {
    try? BundleContents(of: path).remove()
    lock?.release()
    rmdir(path)
  }

  private func requireFree() throws {
    var status = stat()
    guard lstat(target.path, &status) == 0 else {
      if errno == ENOENT { return }
      throw failure(errno)
    }
    let isEmptyFolder =
      status.st_mode & S_IFMT == S_IFDIR && (try? FileManager.default.contentsOfDirectory(atPath: target.path)) == []
    if !isEmptyFolder { throw exists }
  }

  private var exists: WireError {
    WireError(.fileExists, "There is \(target.path) already. Choose another name or delete it first.")
  }

  private func failure(_ number: Int32) -> any Error {
    guard number == ENOENT || number == ENOTDIR else {
      return SystemError(number, "make the bundle", path: target.path)
    }
    return WireError(.fileNotFound, "The folder \(target.folder) for the bundle does not exist. Make it first.")
  }
}
