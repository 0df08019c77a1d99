import Foundation
import HostSystem

/// What this module keeps between runs: unpacked kernels and what was found out about the installed programs.
/// All of it can be deleted at any time.
enum KeptFiles {
  /// Makes a folder below the user's cache folder and returns its path.
  static func makeFolder(_ name: String) throws -> String {
    let path = CacheFolder.path(name)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  /// Short, stable name for a key of any length (FNV-1a, 64 bits).
  static func name(for key: String) -> String {
    let hash = key.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Changes whenever the file is replaced or rewritten.
  static func identity(of path: String) -> String? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return "\(path)\n\(status.st_dev) \(status.st_ino) \(status.st_size) "
      + "\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
  }
}
