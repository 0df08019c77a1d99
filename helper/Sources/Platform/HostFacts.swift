import Foundation

/// Facts about the host, each read when asked for.
package enum HostFacts {
  #if os(Linux)
    package static let operatingSystem = "Linux"
  #else
    package static let operatingSystem = "macOS"
  #endif

  /// "15.6.1" or "Debian GNU/Linux 12 (bookworm)".
  package static var operatingSystemVersion: String {
    #if os(Linux)
      return prettyName(in: "/etc/os-release") ?? prettyName(in: "/usr/lib/os-release") ?? kernelRelease
    #else
      let version = ProcessInfo.processInfo.operatingSystemVersion
      return "\(version.majorVersion).\(version.minorVersion).\(version.patchVersion)"
    #endif
  }

  /// The version of macOS; nil on another system.
  package static var macOSVersion: (major: Int, minor: Int)? {
    #if os(Linux)
      return nil
    #else
      let version = ProcessInfo.processInfo.operatingSystemVersion
      return (version.majorVersion, version.minorVersion)
    #endif
  }

  /// "arm64" or "x86_64".
  package static var architecture: String {
    let machine = unameField(\.machine)
    return machine == "aarch64" ? "arm64" : machine
  }

  /// Processors that are on line.
  package static var processorCount: Int { max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1) }

  /// Memory in bytes.
  package static var memorySize: UInt64 {
    #if os(Linux)
      return UInt64(max(sysconf(Int32(_SC_PHYS_PAGES)), 0)) * UInt64(max(sysconf(Int32(_SC_PAGESIZE)), 0))
    #else
      return ProcessInfo.processInfo.physicalMemory
    #endif
  }

  private static var kernelRelease: String { unameField(\.release) }

  private static func unameField<Field>(_ field: KeyPath<utsname, Field>) -> String {
    var names = utsname()
    uname(&names)
    return withUnsafeBytes(of: names[keyPath: field]) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }

  #if os(Linux)
    private static func prettyName(in path: String) -> String? {
      guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
      for line in text.split(separator: "\n") where line.hasPrefix("PRETTY_NAME=") {
        return line.dropFirst("PRETTY_NAME=".count).filter { $0 != "\"" }
      }
      return nil
    }
  #endif
}
