import Foundation

/// What makes two paths lead to one file, whatever links are on the way.
struct FileIdentity: Hashable {
  private let device: UInt64
  private let inode: UInt64

  /// - Returns: nil when the path leads nowhere.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = UInt64(truncatingIfNeeded: status.st_dev)
    inode = UInt64(status.st_ino)
  }
}
