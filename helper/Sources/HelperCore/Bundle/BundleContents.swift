import Foundation
import HelperProtocol
import HostSystem
import Platform

/// Everything in a bundle's folder, as its deletion meets it. Links are entries like files: what they lead to stays.
struct BundleContents {
  /// Why the removal has stopped.
  struct Failure: Error {
    let error: SystemError
    /// Whether everything is still there.
    let isUntouched: Bool
  }

  private struct Entry {
    let path: String
    let isFolder: Bool
  }

  private let folder: String
  /// What is in a folder comes before it, the document last.
  private var entries: [Entry] = []

  /// - Throws: `SystemError` with the path of a folder that cannot be listed.
  init(of folder: String) throws {
    self.folder = folder
    try add(folder)
  }

  /// Looks at what removing needs before anything is done.
  ///
  /// - Throws: `SystemError` with the path of the folder that this user may not change.
  func requireRemovable() throws {
    let parent = (folder as NSString).deletingLastPathComponent
    for path in [parent, folder] + entries.filter(\.isFolder).map(\.path) {
      guard access(path, W_OK | X_OK) == 0 else { throw SystemError(errno, "delete from the folder", path: path) }
    }
  }

  /// - Throws: `WireError` of kind `inUse` when anybody has something in it: a disk, or a bundle that was put there.
  func requireUnused() throws {
    for entry in entries {
      var status = stat()
      guard stat(entry.path, &status) == 0, [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) else { continue }
      let subject = entry.isFolder ? BundleLock.subject : .diskImage
      let lock = try DiskLock(
        image: entry.path, isReadOnly: false, owner: .request("bundle.delete"), subject: subject)
      lock.release()
    }
  }

  /// Removes everything but the folder itself.
  ///
  /// - Throws: `Failure`.
  func remove() throws {
    var isUntouched = true
    for entry in entries {
      guard (entry.isFolder ? rmdir(entry.path) : unlink(entry.path)) == 0 || errno == ENOENT else {
        throw Failure(error: SystemError(errno, "delete", path: entry.path), isUntouched: isUntouched)
      }
      isUntouched = false
    }
  }

  private mutating func add(_ folder: String) throws {
    let names = try Folder.names(in: folder).sorted()
    for name in names.filter({ $0 != BundleFile.document }) + names.filter({ $0 == BundleFile.document }) {
      let path = "\(folder)/\(name)"
      var status = stat()
      guard lstat(path, &status) == 0 else {
        if errno == ENOENT { continue }
        throw SystemError(errno, "delete", path: path)
      }
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      if isFolder { try add(path) }
      entries.append(Entry(path: path, isFolder: isFolder))
    }
  }
}
