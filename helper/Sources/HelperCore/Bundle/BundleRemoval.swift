import Foundation
import HelperProtocol
import Platform

/// Deletes a bundle. It loses its name first, so that half of one is never taken for a whole.
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
  /// - Throws: `WireError` of kind `inUse` when it is still at work.
  static func removeLeftover(_ path: String) throws {
    guard FileAllocation.exists(path) else { return }
    let lock: DiskLock
    do {
      lock = try BundleLock.take(path, owner: .request("bundle.delete"))
    } catch let error as WireError where error.kind == .fileNotFound {
      return
    }
    try remove(path, lock)
  }

  /// Removes everything in a folder. Links are not followed.
  static func empty(_ folder: String) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    }
  }

  private static func deleteNamed(_ bundle: BundlePath) throws -> Bool {
    guard FileAllocation.exists(bundle.path) else { return false }
    let lock = try BundleLock.take(bundle.path, owner: .request("bundle.delete"))
    try requireBundle(bundle)
    let disk = bundle.file(BundleFile.disk)
    // A machine that was not made from the bundle may run on its disk.
    let diskLock =
      FileAllocation.exists(disk) ? try DiskLock(image: disk, isReadOnly: false, owner: .request("bundle.delete")) : nil
    try removeLeftover(bundle.deleting)
    guard rename(bundle.path, bundle.deleting) == 0 else { throw SystemError(errno, "delete", path: bundle.path) }
    withExtendedLifetime(diskLock) {}
    try remove(bundle.deleting, lock)
    return true
  }

  /// The lock goes before the folder does: the next folder made may get the number by which the lock is known.
  private static func remove(_ path: String, _ lock: DiskLock) throws {
    try empty(path)
    lock.release()
    guard rmdir(path) == 0 || errno == ENOENT else { throw SystemError(errno, "delete", path: path) }
  }

  /// A folder that only has the name of a bundle must not be lost by a slip.
  private static func requireBundle(_ bundle: BundlePath) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: bundle.path)
    guard !names.contains(BundleFile.document) else { return }
    let known = BundleFile.all.union([BundleFile.document + ".new"])
    guard let foreign = names.filter({ !known.contains($0) }).min() else { return }
    throw WireError(
      .bundleIncomplete,
      "\(bundle.path) does not look like a bundle: it has no \(BundleFile.document), but \(foreign). "
        + "Delete it by other means.")
  }
}
