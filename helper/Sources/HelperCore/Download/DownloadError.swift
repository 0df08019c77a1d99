import Foundation
import HelperProtocol
import HostSystem
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

  /// What a server sends in place of a restore image.
  ///
  /// - Parameter type: its media type, where it has one.
  static func description(of type: String?) -> String {
    switch type {
    case nil: return "the server answers with something else"
    case let type? where ServerResponse.pageTypes.contains(type): return "the server answers with a page of \(type)"
    case let type?: return "the server answers with something else (\(type))"
    }
  }

  static func foreign(_ type: String?, _ url: RemoteURL, tries: Int) -> WireError {
    let times = tries > 1 ? ", \(tries) times in a row" : ""
    return WireError(
      .invalidRestoreImage,
      "Downloading \(url.display) failed: \(description(of: type)) and not with a restore image\(times). What had arrived "
        + "of a restore image is kept. Open the URL in a browser: the network may want a login, or the link has expired."
    )
  }

  /// A whole file that does not end as an archive does; nil for one that does.
  static func problem(_ ending: ArchiveCheck.Ending, of what: String, advice: String) -> WireError? {
    switch ending {
    case .whole: return nil
    case .missing:
      return WireError(
        .invalidRestoreImage,
        "\(what) is no whole restore image: the end of the archive is missing, so it was cut off. \(advice)")
    case .followed(let count):
      return WireError(
        .invalidRestoreImage,
        "\(what) is no restore image that can be used: \(count) bytes follow the end of the archive. \(advice)")
    }
  }

  static func exists(_ path: String) -> WireError {
    WireError(
      .fileExists,
      "There is another file \(path) already. Choose another path or set overwrite.")
  }
}
