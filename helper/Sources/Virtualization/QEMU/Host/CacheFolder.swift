import CVirtualization
import Foundation

/// What this module keeps between runs: unpacked kernels and what was found out about the installed programs.
/// All of it can be deleted at any time.
enum CacheFolder {
  static var root: String {
    let environment = ProcessInfo.processInfo.environment
    if let chosen = environment["XDG_CACHE_HOME"], chosen.hasPrefix("/") { return chosen + "/vzkit" }
    return (environment["HOME"] ?? NSHomeDirectory()) + "/.cache/vzkit"
  }

  /// Makes a folder below the root and returns its path.
  static func make(_ name: String) throws -> String {
    let path = root + "/" + name
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  /// Short, stable name for a key of any length (FNV-1a, 64 bits).
  static func fileName(for key: String) -> String {
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
