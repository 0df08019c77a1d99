import Foundation
import HelperProtocol
import HostSystem
import Platform

/// The lock of a bundle: one helper has it alone, or several read it. It belongs to the folder, whatever its name.
enum BundleLock {
  static let subject = DiskLock.Subject(name: "bundle", advice: "Dispose that machine first or use a clone.")

  /// - Parameters:
  ///   - folder: the bundle, under whatever name.
  ///   - owner: for the messages of those who come later.
  /// - Throws: `WireError` of kind `inUse`, or `fileNotFound` when there is no such folder.
  static func take(_ folder: String, isShared: Bool = false, owner: LockOwner) throws -> DiskLock {
    while true {
      let before = try identity(folder)
      let lock = try DiskLock(image: folder, isReadOnly: isShared, owner: owner, subject: subject)
      // In the meantime it may have been renamed or deleted, and another put in its place.
      if try identity(folder) == before { return lock }
    }
  }

  /// Who has the bundle alone, in words; nil when nobody has.
  static func holder(of folder: String) -> String? { DiskLock.holder(of: folder) }

  private static func identity(_ folder: String) throws -> FileIdentity {
    var status = stat()
    guard stat(folder, &status) == 0 else {
      let number = errno
      try BundleLink.requireTarget(of: folder, as: "bundle")
      if number == ENOENT { throw WireError(.fileNotFound, "There is no bundle \(folder). Check the path.") }
      throw SystemError(number, "open the bundle", path: folder)
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw WireError(.bundleIncomplete, "\(folder) is not a folder and so not a bundle. Name the bundle's own folder.")
    }
    return FileIdentity(status)
  }
}
