import Foundation
import HelperProtocol
import HostSystem
import Platform

/// The rule for symbolic links: a link to a bundle, and a link in a bundle, stand for what they lead to. Only deleting and
/// renaming are done to the link itself.
enum BundleLink {
  /// Where a symbolic link leads; nil for anything else.
  static func target(of path: String) -> PathString? {
    Folder.linkTarget(of: path).map { PathString($0) }
  }

  /// Names the link of which the other end is missing, as with a drive that is not connected.
  ///
  /// - Throws: `WireError` of kind `fileNotFound`.
  static func requireTarget(of path: String, as role: String) throws {
    var status = stat()
    guard let target = Folder.linkTarget(of: path), stat(path, &status) != 0 else { return }
    let problem =
      errno == ELOOP
      ? "which leads back to itself. Put the link right."
      : "which cannot be found (\(SystemError(errno, "open", path: path).reason)). Connect the drive that it is on, or put "
        + "the link right."
    throw WireError(.fileNotFound, "The \(role) \(path) is a link to \(target), \(problem)")
  }
}
