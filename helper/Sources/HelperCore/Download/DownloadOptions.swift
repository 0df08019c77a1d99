import CDownload
import HelperProtocol

/// What a caller wants downloaded, and how.
struct DownloadOptions {
  var url: RemoteURL
  /// Absolute path of the file to make.
  var target: String
  /// 64 hexadecimal digits in lower case.
  var sha256: String?
  var connections = 4
  var overwrite = false
  /// Failures in a row without progress that are tried again.
  var retries = 10
  /// Seconds that a connection may deliver nothing.
  var stallTimeout = 20.0
  /// The target lies in the cache: when the server cannot be asked, what is there will do.
  var isInCache = false

  /// Failures in a row that are tried again before the server has ever answered: more likely the URL is wrong.
  var firstRetries: Int { min(3, retries) }

  /// - Throws: `notSupported` that says which library is missing.
  static func checkLibraries() throws {
    for problem in [cd_curl_problem(), cd_sha256_problem()] {
      if let problem { throw WireError(.notSupported, "Downloading needs a library: \(String(cString: problem)).") }
    }
  }
}
