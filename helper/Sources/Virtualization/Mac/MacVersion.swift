import Foundation

/// A version of macOS, such as 15.6.1.
package struct MacVersion: Comparable, Hashable, CustomStringConvertible {
  package var major: Int
  package var minor = 0
  package var patch = 0

  package init(major: Int, minor: Int = 0, patch: Int = 0) {
    (self.major, self.minor, self.patch) = (major, minor, patch)
  }

  /// A version as Apple writes it: one to three numbers with dots between; nil for anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part -> Int? in
      part.utf8.allSatisfy { (48...57).contains($0) } && part.utf8.count <= 5 ? Int(part) : nil
    }
    guard (1...3).contains(parts.count), numbers.count == parts.count else { return nil }
    self.init(
      major: numbers[0], minor: numbers.count > 1 ? numbers[1] : 0, patch: numbers.count > 2 ? numbers[2] : 0)
  }

  package static func < (one: MacVersion, other: MacVersion) -> Bool {
    (one.major, one.minor, one.patch) < (other.major, other.minor, other.patch)
  }

  package var description: String { patch == 0 ? "\(major).\(minor)" : "\(major).\(minor).\(patch)" }
}
