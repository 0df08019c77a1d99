import Foundation

/// Dates of files, whose fields have another name on each system.
package enum FileTime {
  /// When the contents were last changed, in seconds since 1970.
  package static func modification(_ status: UnsafePointer<stat>) -> Int64 {
    #if os(Linux)
      return Int64(status.pointee.st_mtim.tv_sec)
    #else
      return Int64(status.pointee.st_mtimespec.tv_sec)
    #endif
  }
}
