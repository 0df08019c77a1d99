import Foundation
import Virtualization

/// The host of virtual Macs.
package enum MacHost {
  /// A version of macOS, comparable.
  package struct Version: Comparable, CustomStringConvertible {
    package let major: Int
    package let minor: Int
    package let patch: Int

    package init(_ version: OperatingSystemVersion) {
      (major, minor, patch) = (version.majorVersion, version.minorVersion, version.patchVersion)
    }

    /// A version as Apple writes it: one to three numbers with dots between; nil for anything else.
    package init?(_ text: String) {
      let parts = text.split(separator: ".", omittingEmptySubsequences: false)
      let numbers = parts.compactMap { $0.allSatisfy(\.isWholeNumber) ? Int($0) : nil }
      guard (1...3).contains(parts.count), numbers.count == parts.count else { return nil }
      (major, minor, patch) = (numbers[0], numbers.dropFirst().first ?? 0, numbers.dropFirst(2).first ?? 0)
    }

    package static func < (one: Version, other: Version) -> Bool {
      (one.major, one.minor, one.patch) < (other.major, other.minor, other.patch)
    }

    package var description: String { patch == 0 ? "\(major).\(minor)" : "\(major).\(minor).\(patch)" }
  }

  /// How many virtual Macs macOS runs at a time.
  package static let runningLimit = 2

  #if os(Linux)
    /// What to tell people when virtual Macs are not what they seem here; nil when they are real.
    package static var standInNotice: String? { StandInMac.isEnabled ? StandInMac.notice : nil }

    /// Why there are no virtual Macs here; nil when there are.
    package static var problem: String? { StandInMac.isEnabled ? nil : StandInMac.refusal }

    /// The macOS of the host, or what the stand-in takes it for.
    package static var version: Version {
      let version = StandInMac.hostVersion
      return Version(
        OperatingSystemVersion(
          majorVersion: version.major, minorVersion: version.minor, patchVersion: version.patch))
    }

    /// Why another list of restore images than Apple's cannot be used; nil when it can.
    package static let catalogProblem: String? = nil
  #else
    package static var standInNotice: String? { nil }

    package static var problem: String? { AppleSilicon.problem }

    package static var version: Version { Version(ProcessInfo.processInfo.operatingSystemVersion) }

    package static let catalogProblem: String? = "The framework of this host uses Apple's own list only."
  #endif
}
