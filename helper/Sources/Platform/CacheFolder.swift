import Foundation

/// Where this user's programs keep what can be got again.
package enum CacheFolder {
  /// The path of a folder of ours there; it need not exist.
  package static func path(_ name: String) -> String {
    let environment = ProcessInfo.processInfo.environment
    if let chosen = environment["XDG_CACHE_HOME"], chosen.hasPrefix("/") { return "\(chosen)/vzkit/\(name)" }
    let home = environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? NSHomeDirectory()
    #if os(Linux)
      return "\(home)/.cache/vzkit/\(name)"
    #else
      return "\(home)/Library/Caches/vzkit/\(name)"
    #endif
  }
}
