import Foundation
import HelperProtocol
import Platform

/// A file that lies at the target before the download: is it what would be downloaded?
struct ExistingFile {
  private let options: DownloadOptions
  private let question: ServerQuestion
  private let isCancelled: () -> Bool

  init(_ options: DownloadOptions, _ question: ServerQuestion, isCancelled: @escaping () -> Bool) {
    self.options = options
    self.question = question
    self.isCancelled = isCancelled
  }

  /// - Parameter onProgress: bytes checked and bytes in all.
  /// - Returns: the file, if nothing needs to be downloaded; nil when it is not there or may be replaced.
  /// - Throws: `fileExists` when it is another one that may not be replaced.
  func find(onProgress: (UInt64, UInt64) -> Void) throws -> RestoreImageDownloadResult? {
    var status = stat()
    guard stat(options.target, &status) == 0 else { return nil }
    guard status.st_mode & S_IFMT == S_IFREG else { throw DownloadError.exists(options.target) }
    let hold = try FileHold(options.target)
    var digest: String?
    let isSame: Bool
    if let expected = options.sha256 {
      digest = try hold.sha256(onProgress: onProgress, isCancelled: isCancelled)
      isSame = digest == expected
    } else {
      isSame = isWhatTheServerHas(status)
    }
    guard !isCancelled() else { throw WireError.requestCancelled }
    if isSame {
      return RestoreImageDownloadResult(
        path: PathString(options.target), size: UInt64(status.st_size), sha256: digest, origin: .cache, received: 0)
    }
    guard options.overwrite || options.isInCache else { throw DownloadError.exists(options.target) }
    try OutputPath(role: "download", path: options.target).requireUnused()
    return nil
  }

  /// A finished download has the length and the date of what the server had.
  private func isWhatTheServerHas(_ status: stat) -> Bool {
    guard let response = question.ask(), response.status == 206 || response.status == 200 || response.status == 416
    else { return options.isInCache }
    guard let total = response.status == 200 ? response.contentLength : response.rangeTotal,
      let time = response.lastModifiedTime
    else { return false }
    return total == Int64(status.st_size) && time == status.modificationTime
  }
}

extension stat {
  /// Seconds since 1970.
  var modificationTime: Int64 {
    var copy = self
    return withUnsafePointer(to: &copy) { FileTime.modification($0) }
  }
}
