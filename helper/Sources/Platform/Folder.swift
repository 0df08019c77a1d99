import Foundation
import HostSystem

/// Folders and the links that lead to what lies elsewhere.
package enum Folder {
  /// The names in a folder, in no order.
  ///
  /// - Throws: `SystemError` with the folder's path.
  package static func names(in folder: String) throws -> [String] {
    guard let entries = opendir(folder) else { throw SystemError(errno, "list the folder", path: folder) }
    defer { closedir(entries) }
    var names: [String] = []
    while let entry = readdir(entries) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  /// The path without links; nil when there is nothing at its end.
  package static func realPath(of path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The absolute path that a symbolic link leads to, whether or not something is there; nil for what is not a link.
  package static func linkTarget(of path: String) -> String? {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK,
      let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path)
    else { return nil }
    if target.hasPrefix("/") { return target }
    return ((path as NSString).deletingLastPathComponent as NSString).appendingPathComponent(target)
  }
}
