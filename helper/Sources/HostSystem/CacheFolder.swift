#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Where this user's programs keep what can be got again.
package enum CacheFolder {
  /// The folder of all that is ours there; it need not exist. `XDG_CACHE_HOME` decides where it is set, else the custom of
  /// the system. Without a home it is a folder of this user's in `/tmp`.
  package static var root: String {
    if let chosen = absolute("XDG_CACHE_HOME") { return "\(chosen)/vzkit" }
    guard let home = absolute("HOME") ?? registeredHome else { return "/tmp/vzkit-\(geteuid())" }
    #if canImport(Darwin)
      return "\(home)/Library/Caches/vzkit"
    #else
      return "\(home)/.cache/vzkit"
    #endif
  }

  /// The path of a folder of ours there; it need not exist.
  package static func path(_ name: String) -> String { "\(root)/\(name)" }

  /// Not by Foundation, which encodes what is not ASCII.
  private static func absolute(_ variable: String) -> String? {
    guard let value = getenv(variable).map({ String(cString: $0) }), value.hasPrefix("/") else { return nil }
    return value
  }

  private static var registeredHome: String? {
    guard let folder = getpwuid(geteuid())?.pointee.pw_dir.map({ String(cString: $0) }), folder.hasPrefix("/") else {
      return nil
    }
    return folder
  }
}
