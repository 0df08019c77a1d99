import Foundation
import HelperProtocol
import HostSystem
import Platform

/// Small changes to a bundle that nobody uses.
enum BundleChange {
  static func rename(_ bundle: BundlePath, to name: String) throws -> BundlePath {
    let target = try bundle.renamed(to: name)
    try BundleReport.explainMissing(bundle)
    let lock = try BundleLock.take(bundle.path, owner: .request("bundle.rename"))
    defer { withExtendedLifetime(lock) {} }
    guard target != bundle else { return bundle }
    try requireFree(target, for: bundle)
    guard Foundation.rename(bundle.path, target.path) == 0 else {
      if [EEXIST, ENOTEMPTY, ENOTDIR].contains(errno) { throw exists(target) }
      throw SystemError(errno, "rename the bundle", path: bundle.path)
    }
    FileAllocation.synchronizeFolder(bundle.folder)
    return target
  }

  /// Makes the disk larger, by what `grow` does with the path of its image.
  static func resizeDisk<Result>(_ bundle: BundlePath, by grow: (_ disk: String) throws -> Result) throws -> Result {
    try BundleReport.explainMissing(bundle)
    let lock = try BundleLock.take(bundle.path, owner: .request("bundle.resizeDisk"))
    defer { withExtendedLifetime(lock) {} }
    _ = try BundleReport.requireComplete(bundle)
    let disk = bundle.file(BundleFile.disk)
    let diskLock = try DiskLock(image: disk, isReadOnly: false, owner: .request("bundle.resizeDisk"))
    defer { withExtendedLifetime(diskLock) {} }
    return try grow(disk)
  }

  /// Replaces the configuration. What the machine is known by stays unless `wanted` says otherwise.
  static func update(_ bundle: BundlePath, to wanted: MachineConfiguration) throws -> MachineConfiguration {
    try BundleReport.explainMissing(bundle)
    let lock = try BundleLock.take(bundle.path, owner: .request("bundle.update"))
    defer { withExtendedLifetime(lock) {} }
    // A part may be missing: that is what an update can mend.
    var document = try BundleDocument(readingFrom: bundle.path)
    try document.requireUsable(at: bundle)
    let complete = wanted.keepingIdentity(of: document.configuration)
    document.configuration = try ConfigurationBuilder(for: .validation).build(complete).resolved
    document.standInNotice = document.standInNotice ?? wanted.standInNotice
    try document.write(into: bundle.path, base: bundle.path)
    return document.configuration
  }

  /// Makes the machine another one for guests and networks.
  static func renewIdentity(_ bundle: BundlePath) throws -> MachineConfiguration {
    try BundleReport.explainMissing(bundle)
    let lock = try BundleLock.take(bundle.path, owner: .request("bundle.renewIdentity"))
    defer { withExtendedLifetime(lock) {} }
    var document = try BundleReport.requireComplete(bundle)
    document.configuration = try document.configuration.withNewIdentity()
    try document.write(into: bundle.path, base: bundle.path)
    return document.configuration
  }

  /// On file systems that do not tell capitals from small letters, a name can be taken by the bundle itself.
  private static func requireFree(_ target: BundlePath, for bundle: BundlePath) throws {
    guard let taken = FileIdentity(target.path, followsLinks: false) else { return }
    if FileIdentity(bundle.path, followsLinks: false) != taken { throw exists(target) }
  }

  private static func exists(_ target: BundlePath) -> WireError {
    WireError(.fileExists, "There is \(target.path) already. Choose another name or delete it first.")
  }
}
