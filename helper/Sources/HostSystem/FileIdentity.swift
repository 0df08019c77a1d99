#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A file's device and inode: they stay the same when it is renamed, whatever links lead to it, and no other file has them.
package struct FileIdentity: Hashable, Sendable {
  package let device: UInt64
  package let inode: UInt64

  package init(device: UInt64, inode: UInt64) {
    self.device = device
    self.inode = inode
  }

  package init(_ status: stat) {
    self.init(device: UInt64(truncatingIfNeeded: status.st_dev), inode: UInt64(status.st_ino))
  }

  /// - Parameter followsLinks: whether a symbolic link at the end of the path stands for what it leads to.
  /// - Returns: nil when the path leads nowhere.
  package init?(_ path: String, followsLinks: Bool = true) {
    var status = stat()
    guard (followsLinks ? stat(path, &status) : lstat(path, &status)) == 0 else { return nil }
    self.init(status)
  }

  /// The identity of an open file; nil when the number is of none.
  package init?(of descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }
}
