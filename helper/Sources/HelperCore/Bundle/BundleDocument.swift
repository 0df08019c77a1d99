import Foundation
import HelperProtocol
import HostSystem
import Platform

/// What `machine.json` says. Paths inside the bundle stand there relative to it, so that it can be moved.
struct BundleDocument: Equatable {
  static let currentVersion = 2
  /// No configuration is near that large.
  private static let largestSize = 1 << 20

  var installation: BundleInstallation
  var configuration: MachineConfiguration
  /// What was installed.
  var system: InstalledSystem?
  /// Set when the bundle holds no macOS although its configuration is that of a Mac.
  var standInNotice: String?
  /// The version that was read.
  var version = currentVersion

  /// - Parameter base: the bundle's folder.
  /// - Throws: `WireError` of kind `bundleIncomplete` or `bundleTooNew`, or `SystemError`.
  init(readingFrom base: String) throws {
    let path = "\(base)/\(BundleFile.document)"
    do {
      try self.init(SmallFile.read(path, limit: Self.largestSize), base: base)
    } catch let fault as WireFault {
      throw WireError(
        .bundleIncomplete, "The bundle \(base) cannot be read: \(fault.message). Correct the file or delete the bundle."
      )
    } catch let error as SystemError where error.number == ENOENT {
      throw WireError(
        .bundleIncomplete,
        "The folder \(base) is not a whole bundle: it has no \(BundleFile.document). Put it back, or delete the folder."
      )
    } catch let error as SystemError where [EFBIG, EINVAL, ELOOP, ENOTDIR].contains(error.number) {
      throw WireError(
        .bundleIncomplete,
        "The bundle \(base) cannot be read: its \(BundleFile.document) is not an ordinary file of at most "
          + "\(Self.largestSize) bytes. Put it right or delete the bundle.")
    }
  }

  init(installation: BundleInstallation, configuration: MachineConfiguration, standInNotice: String? = nil) {
    (self.installation, self.configuration, self.standInNotice) = (installation, configuration, standInNotice)
  }

  private init(_ bytes: [UInt8], base: String) throws {
    let root = BundleFile.document
    let found = try WireCoder.decode(VersionOnly.self, from: bytes, root: root).version
    guard found <= Self.currentVersion else { throw Self.tooNew(found, base) }
    let current = try BundleMigration.toCurrent(bytes, from: found, root: root)
    let stored = try WireCoder.decode(Stored.self, from: current, root: root, pathBase: base)
    (installation, configuration, version) = (stored.installation, stored.configuration, found)
    (system, standInNotice) = (stored.system, stored.standInNotice)
  }

  /// Writes the file whole or not at all.
  ///
  /// - Parameters:
  ///   - folder: where it goes.
  ///   - base: the folder that paths are relative to; another one while the bundle is being made.
  func write(into folder: String, base: String) throws {
    let stored = Stored(
      version: Self.currentVersion, installation: installation, configuration: configuration, system: system,
      standInNotice: standInNotice)
    try SmallFile.replace(
      "\(folder)/\(BundleFile.document)", with: try WireCoder.encodeForFile(stored, pathBase: base))
  }

  private static func tooNew(_ version: Int, _ base: String) -> WireError {
    WireError(
      .bundleTooNew,
      "A newer vzkit made the bundle \(base): its \(BundleFile.document) is of version \(version), and this helper reads "
        + "versions up to \(currentVersion). Update vzkit.")
  }

  private struct VersionOnly: Decodable {
    let version: Int
  }

  private struct Stored: Codable {
    let version: Int
    let installation: BundleInstallation
    let configuration: MachineConfiguration
    let system: InstalledSystem?
    let standInNotice: String?
  }
}

extension MachineConfiguration {
  /// The same with paths inside one folder led into another.
  func moved(from old: String, to new: String) throws -> MachineConfiguration {
    let bytes = try WireCoder.encodeForFile(self, pathBase: old)
    return try WireCoder.decode(Self.self, from: bytes, root: "configuration", pathBase: new)
  }
}
