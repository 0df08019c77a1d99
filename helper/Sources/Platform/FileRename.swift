import Foundation
import HostSystem

/// Gives a finished file its name.
package enum FileRename {
  /// Gives the file `old` the name `new`, or its place.
  package static func give(_ new: String, to old: String, replacing: Bool) throws {
    try replacing ? self.replacing(old, new) : withoutReplacing(old, new)
  }

  /// Renames, and fails with `EEXIST` when the new name is taken.
  package static func withoutReplacing(_ old: String, _ new: String) throws {
    // A second name is refused when it is taken, without a moment in which another could take it.
    if link(old, new) == 0 {
      unlink(old)
      return
    }
    guard errno == EPERM || errno == ENOTSUP else { throw SystemError(errno, "make", path: new) }
    // The file system has no second names.
    guard access(new, F_OK) != 0 else { throw SystemError(EEXIST, "make", path: new) }
    try replacing(old, new)
  }

  /// Renames and takes the place of what has the new name.
  package static func replacing(_ old: String, _ new: String) throws {
    guard rename(old, new) == 0 else { throw SystemError(errno, "make", path: new) }
  }
}
