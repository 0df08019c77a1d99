import Foundation
import HelperProtocol
import HostSystem
import Platform

/// Deletes a bundle. It loses its name first, so that half of one is never taken for a whole; what is refused is as before.
enum BundleRemoval {
  static func delete(_ bundle: BundlePath) throws {
    let wasThere = try deleteNamed(bundle)
    var leftovers = 0
    for path in [bundle.creating, bundle.deleting] where FileAllocation.exists(path) {
      try removeLeftover(path)
      leftovers += 1
    }
    guard wasThere || leftovers > 0 else {
      throw WireError(.fileNotFound, "There is no bundle \(bundle.path). Check the path.")
    }
  }

  /// Removes what a maker or deleter has left that is gone.
  ///
  /// - Throws: `WireError` of kind `inUse` when it is still at work, or a machine runs on something in it.
  static func removeLeftover(_ path: String) throws {
    guard FileAllocation.exists(path) else { return }
    // No maker leaves a link: what it leads to is none of ours.
    guard Folder.linkTarget(of: path) == nil else { return try removeLink(path) }
    let lock: DiskLock
    do {
      lock = try BundleLock.take(path, owner: .request("bundle.delete"))
    } catch let error as WireError where error.kind == .fileNotFound {
      return
    }
    let contents = try BundleContents(of: path)
    try contents.requireUnused()
    do {
      try contents.remove()
    } catch let failure as BundleContents.Failure {
      throw failure.error
    }
    try removeEmpty(path, lock)
  }

  private static func deleteNamed(_ bundle: BundlePath) throws -> Bool {
    guard FileAllocation.exists(bundle.path) else { return false }
    if Folder.linkTarget(of: bundle.path) != nil {
      try deleteLink(bundle)
      return true
    }
    let lock = try BundleLock.take(bundle.path, owner: .request("bundle.delete"))
    try requireBundle(bundle)
    let contents = try BundleContents(of: bundle.path)
    try contents.requireRemovable()
    try contents.requireUnused()
    try removeLeftover(bundle.deleting)
    guard rename(bundle.path, bundle.deleting) == 0 else { throw SystemError(errno, "delete", path: bundle.path) }
    try removeRenamed(bundle)
    try removeEmpty(bundle.deleting, lock)
    return true
  }

  /// What the link leads to stays, whatever it is. A link to a bundle in use is needed by who uses it.
  private static func deleteLink(_ bundle: BundlePath) throws {
    var status = stat()
    guard stat(bundle.path, &status) == 0 else { return try removeLink(bundle.path) }
    let lock = try BundleLock.take(bundle.path, owner: .request("bundle.delete"))
    defer { withExtendedLifetime(lock) {} }
    try requireBundle(bundle)
    try removeLink(bundle.path)
  }

  private static func removeLink(_ path: String) throws {
    guard unlink(path) == 0 || errno == ENOENT else { throw SystemError(errno, "delete", path: path) }
    FileAllocation.synchronizeFolder((path as NSString).deletingLastPathComponent)
  }

  /// Removes what is in a bundle that has lost its name, or gives the name back while everything is there.
  private static func removeRenamed(_ bundle: BundlePath) throws {
    do {
      let contents = try BundleContents(of: bundle.deleting)
      // A machine may have come by the name in the meantime; now no more can.
      try contents.requireUnused()
      try contents.remove()
    } catch let failure as BundleContents.Failure where !failure.isUntouched {
      var error = WireError(failure.error)
      error.message +=
        " The bundle \(bundle.path) is deleted in part; bundle.delete finishes that once the cause is mended."
      throw error
    } catch {
      let isBack = rename(bundle.deleting, bundle.path) == 0
      var error = WireError((error as? BundleContents.Failure)?.error ?? error)
      if isBack { error.message = error.message.replacingOccurrences(of: bundle.deleting, with: bundle.path) }
      throw error
    }
  }

  /// The lock goes before the folder does: the next folder made may get the number by which the lock is known.
  private static func removeEmpty(_ path: String, _ lock: DiskLock) throws {
    lock.release()
    guard rmdir(path) == 0 || errno == ENOENT else { throw SystemError(errno, "delete", path: path) }
  }

  /// A folder that only has the name of a bundle must not be lost by a slip.
  private static func requireBundle(_ bundle: BundlePath) throws {
    let names = try Folder.names(in: bundle.path)
    guard !names.contains(BundleFile.document) else { return }
    let known = BundleFile.all.union([BundleFile.document + ".new"])
    guard let foreign = names.filter({ !known.contains($0) }).min() else { return }
    throw WireError(
      .bundleIncomplete,
      "\(bundle.path) does not look like a bundle: it has no \(BundleFile.document), but \(foreign). "
        + "Delete it by other means.")
  }
}
