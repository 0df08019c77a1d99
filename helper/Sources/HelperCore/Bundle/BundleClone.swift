import Foundation
import HelperProtocol
import HostSystem
import Platform

/// Copies a bundle that nobody uses. The clone gets its name only when it is whole.
struct BundleClone {
  let source: BundlePath
  let target: BundlePath
  /// Whether the disks' data must survive a power cut.
  let synchronize: Bool
  /// Whether the caller has lost interest.
  let isCancelled: () -> Bool
  /// Called with the bytes copied so far and those there are.
  let onProgress: (_ completed: UInt64, _ total: UInt64) -> Void

  /// Blocks until the clone is there.
  ///
  /// - Throws: `WireError` or `SystemError`; then nothing is left behind.
  func make() throws -> BundleDocument {
    let lock = try BundleLock.take(source.path, isShared: true, owner: .request("bundle.clone"))
    defer { withExtendedLifetime(lock) {} }
    var document = try BundleReport.requireComplete(source)
    let disks = try lockDisks(of: document)
    defer { withExtendedLifetime(disks) {} }
    let files = try filesToCopy()
    let stage = try BundleStage(for: target, owner: .request("bundle.clone"), source: source.path)
    do {
      try copy(files, to: stage)
      document.version = BundleDocument.currentVersion
      document.configuration = try document.configuration.moved(from: source.path, to: target.path).withNewIdentity()
      try document.write(into: stage.path, base: target.path)
      try checkpoint()
      try stage.commit()
      return document
    } catch {
      stage.abandon()
      throw stage.inTermsOfTarget(error)
    }
  }

  /// A machine that was not made from the bundle may run on its disk.
  private func lockDisks(of document: BundleDocument) throws -> [DiskLock] {
    let own = Set(document.configuration.parts(in: source.path))
    return try own.sorted().map { try DiskLock(image: $0, isReadOnly: true, owner: .request("bundle.clone")) }
  }

  /// All but what is written anew and what belongs to the original alone.
  private func filesToCopy() throws -> [String] {
    let left: Set<String> = [BundleFile.document, BundleFile.document + ".new", BundleFile.savedState]
    let names = try FileManager.default.contentsOfDirectory(atPath: source.path).filter { !left.contains($0) }.sorted()
    for name in names {
      var status = stat()
      try BundleLink.requireTarget(of: source.file(name), as: "file")
      guard stat(source.file(name), &status) == 0 else { throw SystemError(errno, "open", path: source.file(name)) }
      guard status.st_mode & S_IFMT == S_IFREG else {
        throw WireError(
          .invalidConfiguration,
          "The bundle \(source.path) cannot be cloned: \(name) in it is not an ordinary file. Move it out of the bundle."
        )
      }
    }
    return names
  }

  private func copy(_ files: [String], to stage: BundleStage) throws {
    let total = files.reduce(0) { $0 + FileAllocation.usedSpace(of: source.file($1)) }
    var before: UInt64 = 0
    for name in files {
      var done: UInt64 = 0
      let copy = SparseCopy(
        from: Folder.realPath(of: source.file(name)) ?? source.file(name), to: "\(stage.path)/\(name)",
        checkpoint: checkpoint,
        onProgress: {
          done = $0
          onProgress(min(before + done, total), total)
        })
      try copy.run(synchronize: synchronize || name != BundleFile.disk)
      before += done
    }
    onProgress(total, total)
  }

  private func checkpoint() throws {
    if isCancelled() { throw WireError.requestCancelled }
  }
}
