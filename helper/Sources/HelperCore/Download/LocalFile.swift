import Foundation
import HelperProtocol
import HostSystem
import Platform

/// A file of this host in place of a download: used where it is, or copied.
struct LocalFile {
  let path: String
  /// Absolute path of the copy; nil to use the file where it is.
  let target: String?
  let sha256: String?
  let overwrite: Bool
  let isCancelled: () -> Bool
  let report: (RestoreImageDownloadProgress) -> Void

  /// Blocks until the file is there.
  ///
  /// - Throws: `WireError` or `SystemError`; then no copy is left.
  func provide() throws -> RestoreImageDownloadResult {
    var status = stat()
    guard stat(path, &status) == 0 else { throw SystemError(errno, "open", path: path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw WireError(.fileNotFound, "\(path) is not a file. Name the restore image itself.")
    }
    let source = try FileHold(path)
    try check(source)
    var digest: String?
    if let sha256 {
      digest = try source.sha256(onProgress: { report(.verifying($0, of: $1)) }, isCancelled: isCancelled)
      guard digest == sha256 else {
        throw WireError(
          .invalidRestoreImage,
          "\(path) is not the file that was expected: its SHA-256 is \(digest ?? "") instead of \(sha256). "
            + "Check the digest or get the file again.")
      }
    }
    if let target, FileIdentity(target) != FileIdentity(status) { try copy(source, to: target) }
    return RestoreImageDownloadResult(
      path: PathString(target ?? path), size: UInt64(status.st_size), sha256: digest, origin: .local, received: 0)
  }

  private func check(_ source: FileHold) throws {
    guard ArchiveCheck.begins(source.descriptor) else {
      throw WireError(
        .invalidRestoreImage, "\(path) is no restore image: it does not begin as a zip archive. Check the path.")
    }
    let ending = ArchiveCheck.ending(source.descriptor, size: source.size)
    if let problem = DownloadError.problem(ending, of: path, advice: "Get the file again.") { throw problem }
  }

  private func copy(_ source: FileHold, to target: String) throws {
    guard case .mine(let lock) = try DownloadLock.take(for: target) else {
      throw WireError(.inUse, "\(target) is being downloaded right now. Wait for it or choose another path.")
    }
    defer { lock.remove() }
    if !overwrite, access(target, F_OK) == 0 { throw DownloadError.exists(target) }
    let output = OutputPath(role: "copy", path: target)
    try output.requireUnused()
    let temporary = PartialFile.path(for: target, suffix: ".vzkit-part")
    // Left by a download that was never finished: the caller wants this file instead.
    PartialFile.removeLeftovers(of: target)
    do {
      try copyBytes(source, to: temporary)
      try output.whileUnused { try FileRename.give(target, to: temporary, replacing: overwrite) }
    } catch {
      unlink(temporary)
      guard let error = error as? SystemError, error.path == temporary || error.path == target else { throw error }
      if error.number == EEXIST { throw DownloadError.exists(target) }
      throw DownloadError.disk(error.number, target, missing: nil)
    }
    PartialFile.synchronizeFolder(of: target)
  }

  private func copyBytes(_ source: FileHold, to temporary: String) throws {
    let size = source.size
    var meter = SpeedMeter()
    let copy = SparseCopy(
      from: URL(fileURLWithPath: source.path).resolvingSymlinksInPath().path, to: temporary,
      checkpoint: { if isCancelled() { throw WireError.requestCancelled } },
      onProgress: { done in
        meter.add(Int64(done), at: DownloadAttempt.now)
        let left = meter.speed > 0 ? Double(size - Int64(done)) / meter.speed : nil
        report(
          RestoreImageDownloadProgress(
            phase: .copying, completed: done, total: UInt64(size), bytesPerSecond: meter.speed,
            secondsLeft: left.map { max($0, 0) }))
      })
    try copy.run(synchronize: true)
  }
}
