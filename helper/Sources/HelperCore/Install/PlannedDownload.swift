import Foundation
import HelperProtocol
import Platform

/// A restore image that is not there yet, or not all of it.
struct PlannedDownload {
  private let source: DownloadSource
  private let folder: String?

  /// A server that takes longer is left to the download, which is more patient.
  private static let patience = 10.0

  /// - Throws: `invalidParams` for what is no URL.
  init(url: String, folder: String?) throws {
    source = try DownloadSource(url)
    self.folder = folder
  }

  /// Bytes of the whole; nil when nobody tells. Blocks until a server has answered.
  func size() -> UInt64? {
    switch source {
    case .local(let path): return FileAllocation.size(of: path)
    case .remote(let url):
      guard let response = ServerQuestion(url, stallTimeout: Self.patience).ask() else { return nil }
      let total = response.status == 206 ? response.rangeTotal : response.status == 200 ? response.contentLength : nil
      return total.flatMap { UInt64(exactly: $0) }
    }
  }

  /// Bytes that the volume of `disk` has to take for the rest of the download.
  func need(of size: UInt64, besides disk: String) -> UInt64 {
    guard case .remote(let url) = source, let folder, Self.volume(folder) == Self.volume(disk) else { return 0 }
    let target = "\(folder)/\(url.fileName)"
    let present = max(
      FileAllocation.usedSpace(of: target),
      FileAllocation.usedSpace(of: PartialFile.path(for: target, suffix: ".vzkit-part")))
    return size - min(size, present)
  }

  private static func volume(_ folder: String) -> UInt64? {
    var status = stat()
    return stat(folder, &status) == 0 ? UInt64(truncatingIfNeeded: status.st_dev) : nil
  }
}
