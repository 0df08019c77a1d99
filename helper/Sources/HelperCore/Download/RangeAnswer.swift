import CDownload
import Foundation
import HelperProtocol

/// What the headers of an answer mean for the download.
enum RangeAnswer {
  /// The bytes that were asked for.
  case part(total: Int64, Validator)
  /// The whole file, from its first byte, although perhaps a part was asked for.
  case whole(total: Int64?, Validator)
  case redirect
  /// The bytes that are there belong to another version of the file, or the server cannot be asked for parts.
  case startAnew(reason: String, asStream: Bool)
  /// A page in place of the file, as networks that want a login and servers in trouble send one.
  case page(String?)
  /// May work later.
  case retry(String, after: Double)
  case refused(String, status: Int)

  /// What is known of the file when the question was asked.
  struct Known {
    var total: Int64?
    var validator: Validator
    /// Whether bytes are there, or on their way, which the answer must fit.
    var hasBytes: Bool
  }

  /// - Parameters:
  ///   - asked: the bytes asked for, nil for the whole file without a range.
  init(_ response: ServerResponse, asked: Range<Int64>?, known: Known) {
    switch response.status {
    case 200, 206: self = Self.body(response, asked, known)
    case 301, 302, 303, 307, 308: self = .redirect
    case 416: self = Self.unsatisfiable(response, asked, known)
    case 408, 425, 429, 500...:
      self = .retry("the server answers \(response.status)", after: min(max(Double(response.retryAfter ?? 0), 0), 120))
    default: self = .refused("the server answers \(response.status)", status: response.status)
    }
  }

  private static func body(_ response: ServerResponse, _ asked: Range<Int64>?, _ known: Known) -> RangeAnswer {
    if let encoding = response.contentEncoding, encoding.lowercased() != "identity" {
      return .refused(
        "the server sends the file encoded (\(encoding)), although it was asked not to", status: response.status)
    }
    // Where nothing is there yet the first bytes tell: some servers call every file a page.
    if known.hasBytes, let type = response.pageType { return .page(type) }
    return response.status == 206 ? part(response, asked, known) : whole(response, known)
  }

  private static func part(_ response: ServerResponse, _ asked: Range<Int64>?, _ known: Known) -> RangeAnswer {
    guard let asked, response.rangeFirst == asked.lowerBound, let total = response.rangeTotal,
      let last = response.rangeLast, last < total
    else {
      let reason = "The server sends other parts than it was asked for; it is asked for the whole file instead."
      return asked == nil ? .refused(reason, status: 206) : .startAnew(reason: reason, asStream: true)
    }
    if known.hasBytes {
      if let before = known.total, before != total {
        return .startAnew(
          reason: "The file on the server has changed: it had \(before) bytes and has \(total) now.", asStream: false)
      }
      guard known.validator.agrees(with: response.validator) else { return changed }
    }
    if known.validator.isEmpty, response.validator.isEmpty, last + 1 < total || asked.lowerBound > 0 {
      return .startAnew(
        reason: "The server does not say which version of the file it sends; parts of several could be mixed up.",
        asStream: true)
    }
    return .part(total: total, response.validator)
  }

  private static func whole(_ response: ServerResponse, _ known: Known) -> RangeAnswer {
    guard known.hasBytes else { return .whole(total: response.contentLength, response.validator) }
    guard known.validator.isEmpty || !response.validator.isEmpty else {
      return .page(response.contentType)
    }
    let isSame =
      known.validator.agrees(with: response.validator)
      && (known.total == nil || response.contentLength == nil || known.total == response.contentLength)
    guard isSame else { return changed }
    return .startAnew(
      reason: "The server sends the whole file when it is asked for a part.", asStream: true)
  }

  private static func unsatisfiable(_ response: ServerResponse, _ asked: Range<Int64>?, _ known: Known) -> RangeAnswer {
    if response.rangeTotal == 0, !known.hasBytes { return .part(total: 0, response.validator) }
    guard asked != nil else { return .refused("the server answers 416", status: 416) }
    if let total = response.rangeTotal, known.hasBytes, total != known.total { return changed }
    return .startAnew(reason: "The server refuses to send a part of the file.", asStream: true)
  }

  /// Whether the body begins with the first byte of the file.
  ///
  /// - Parameter start: the first byte that was asked for.
  func isFromTheFirstByte(_ start: Int64) -> Bool {
    switch self {
    case .part: return start == 0
    case .whole: return true
    default: return false
    }
  }

  private static let changed = RangeAnswer.startAnew(
    reason: "The file on the server has changed since the first part of it arrived.", asStream: false)
}

/// The headers of an answer.
struct ServerResponse {
  var status: Int
  var contentLength: Int64?
  var rangeFirst: Int64?
  var rangeLast: Int64?
  var rangeTotal: Int64?
  var retryAfter: Int64?
  /// Seconds since 1970.
  var lastModifiedTime: Int64?
  var validator = Validator()
  var contentEncoding: String?
  var contentType: String?
  /// SHA-256 of the whole file in hexadecimal digits.
  var sha256: String?

  init(status: Int) { self.status = status }

  init(_ response: cd_response) {
    status = response.status
    contentLength = Self.number(response.content_length)
    rangeFirst = Self.number(response.range_first)
    rangeLast = Self.number(response.range_last)
    rangeTotal = Self.number(response.range_total)
    retryAfter = Self.number(response.retry_after)
    lastModifiedTime = Self.number(response.last_modified_time)
    validator = Validator(etag: cText(response.etag), lastModified: cText(response.last_modified))
    contentEncoding = cText(response.content_encoding)
    contentType = cText(response.content_type)
    sha256 = cText(response.sha256)
  }

  /// Bytes of the whole file; nil where the server does not tell.
  var total: Int64? { status == 206 ? rangeTotal : contentLength }

  /// The type of a page for people; nil for what is none.
  var pageType: String? {
    let type = contentType?.prefix { $0 != ";" && $0 != " " }.lowercased()
    return type.flatMap { Self.pageTypes.contains($0) ? $0 : nil }
  }

  static let pageTypes = ["text/html", "application/xhtml+xml"]

  private static func number(_ value: Int64) -> Int64? { value < 0 ? nil : value }
}

/// The text in a C array of characters, which Swift sees as a tuple; nil when it is empty.
func cText<Characters>(_ characters: Characters) -> String? {
  withUnsafeBytes(of: characters) { bytes in
    let text = bytes.prefix { $0 != 0 }
    return text.isEmpty ? nil : String(decoding: text, as: UTF8.self)
  }
}
