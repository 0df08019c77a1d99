import Foundation
import HelperProtocol
import Platform

/// What can go wrong with a download, in words for people.
enum DownloadError {
  static func network(_ reason: String, _ url: RemoteURL, isTimeout: Bool, tries: Int) -> WireError {
    let times = tries > 1 ? " after \(tries) tries in a row" : ""
    return WireError(
      isTimeout ? .timedOut : .networkError,
      "Downloading \(url.display) failed\(times): \(reason). What has arrived is kept. Check the connection and ask "
        + "again to go on from there.")
  }

  static func refused(_ reason: String, _ url: RemoteURL, status: Int?) -> WireError {
    WireError(
      .networkError, "Cannot download \(url.display): \(reason). Check the URL.",
      details: status.map { ["status": .number(Double($0))] })
  }

  static func disk(_ number: Int32, _ path: String, missing: Int64?) -> WireError {
    guard ErrorKind(errno: number) == .outOfDiskSpace || number == EFBIG else {
      return WireError(SystemError(number, "write", path: path))
    }
    let folder = (path as NSString).deletingLastPathComponent
    let need = missing.map { "\($0) more bytes are needed there" } ?? "there is no room for the download"
    return WireError(
      .outOfDiskSpace,
      "The disk of \(folder) is full: \(need). What has arrived is kept. Free space and ask again to go on from there.")
  }

  static func mismatch(_ path: String, expected: String, actual: String) -> WireError {
    WireError(
      .invalidRestoreImage,
      "\(path) is not the file that was expected: its SHA-256 is \(actual) instead of \(expected). "
        + "It was deleted. Check the digest, or download it again.",
      details: ["expected": .string(expected), "actual": .string(actual)])
  }

  static func exists(_ path: String) -> WireError {
    WireError(
      .fileExists,
      "There is another file \(path) already. Choose another path or set overwrite.")
  }
}
