import HelperProtocol

/// What has changed in `machine.json` from version to version. Files of every version can be read for ever.
enum BundleMigration {
  typealias Members = [String: JSONValue]

  /// Each leads from its version to the next.
  private static let steps: [Int: (inout Members) -> Void] = [
    // Version 1 knew only guests that are not installed by vzkit.
    1: { $0["installation"] = "notRequired" }
  ]

  /// - Throws: `WireFault` for a version that never was.
  static func toCurrent(_ bytes: [UInt8], from version: Int, root: String) throws -> [UInt8] {
    guard version != BundleDocument.currentVersion else { return bytes }
    var members = try WireCoder.decode(Members.self, from: bytes, root: root)
    for next in version..<BundleDocument.currentVersion {
      guard let step = steps[next] else {
        throw WireError(
          .bundleIncomplete, "The bundle's \(root) is of version \(version), which there never was. Delete the bundle.")
      }
      step(&members)
    }
    members["version"] = .integer(Int64(BundleDocument.currentVersion))
    return try WireCoder.encode(members)
  }
}
