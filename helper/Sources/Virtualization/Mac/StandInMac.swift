import Foundation

/// The stand-in Mac: for tests and for people who develop on a Linux host, machines with a Mac's configuration run what
/// a restore image of vzkit's own maker holds. It is never macOS, and says so wherever it shows.
package enum StandInMac {
  /// Whether `VZKIT_STANDIN_MAC=1` asks for it. Looked up each time, so that tests can turn it on and off.
  package static var isEnabled: Bool { value(of: "VZKIT_STANDIN_MAC") == "1" }

  /// One sentence for people, for logs and for whatever is made.
  package static let notice =
    "This is the stand-in Mac (VZKIT_STANDIN_MAC=1): it runs a Linux test guest with a Mac's configuration, never macOS."

  /// What every refusal says when the stand-in is not asked for.
  package static let refusal =
    "A virtual Mac needs a Mac with Apple silicon; this is a Linux host."

  static let suggestion =
    "To develop against vzkit here, set VZKIT_STANDIN_MAC=1 for a stand-in that installs and boots a Linux test guest."

  /// The version of macOS that the stand-in's host takes itself for: `VZKIT_STANDIN_HOST_VERSION`, else 27.0.
  package static var hostVersion: MacVersion {
    value(of: "VZKIT_STANDIN_HOST_VERSION").flatMap(MacVersion.init) ?? MacVersion(major: 27)
  }

  /// Throws unless virtual Macs can be made here.
  static func require() throws {
    guard isEnabled else { throw ConfigurationProblem.notSupported(refusal, suggestion: suggestion) }
  }

  static func value(of name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
