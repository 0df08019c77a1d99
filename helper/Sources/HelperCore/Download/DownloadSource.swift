import Foundation
import HelperProtocol

/// Where a file is to come from.
enum DownloadSource: Equatable {
  case local(String)
  case remote(RemoteURL)

  /// - Throws: `invalidParams` that names the url.
  init(_ text: String) throws {
    if text.hasPrefix("/") {
      self = .local(text)
    } else if text.lowercased().hasPrefix("file:") {
      guard let url = URL(string: text), url.isFileURL, ["", "localhost"].contains(url.host ?? ""),
        url.path.hasPrefix("/")
      else { throw Self.problem("must name a file of this host by its absolute path, like file:///tmp/a.ipsw") }
      self = .local(url.path)
    } else {
      guard let url = RemoteURL(text) else { throw Self.problem(RemoteURL.problem(with: text)) }
      self = .remote(url)
    }
  }

  private static func problem(_ text: String) -> WireError { .invalidParams("params.url", text) }
}

/// An http or https URL, as it is given to libcurl.
struct RemoteURL: Equatable {
  /// Longer ones are refused.
  static let maximumLength = 4000

  private static let ports = 1...65535

  let text: String

  init?(_ text: String) {
    guard text.utf8.count <= Self.maximumLength, !text.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7f }) else {
      return nil
    }
    let whole = text.prefix { $0 != "#" }
    guard let components = URLComponents(string: String(whole)), let scheme = components.scheme?.lowercased(),
      ["http", "https"].contains(scheme), components.host?.isEmpty == false,
      components.port.map(Self.ports.contains) ?? true
    else { return nil }
    self.text = String(whole)
  }

  /// What keeps a text from being such a URL, fit to stand after the name of the field.
  static func problem(with text: String) -> String {
    if text.utf8.count > maximumLength { return "must have at most \(maximumLength) bytes" }
    if text.contains(" ") { return "must be a URL without blanks; write %20 in the place of each" }
    if text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) { return "must be a URL without control characters" }
    if let port = URLComponents(string: text)?.port, !ports.contains(port) {
      return "must have a port from 1 to 65535, not \(port)"
    }
    return "must be an http, https or file URL, or an absolute path"
  }

  var isSecure: Bool { text.lowercased().hasPrefix("https:") }

  /// Without what may be secret: user, password and query.
  var display: String {
    guard var components = URLComponents(string: text) else { return "the URL" }
    components.user = nil
    components.password = nil
    components.query = nil
    return components.string ?? "the URL"
  }

  /// Without user and password.
  var withoutCredentials: String {
    guard var components = URLComponents(string: text) else { return text }
    components.user = nil
    components.password = nil
    return components.string ?? text
  }

  /// Without user, password and query: what signed URLs of one file have in common.
  var withoutQuery: String {
    guard var components = URLComponents(string: withoutCredentials) else { return text }
    components.query = nil
    return components.string ?? text
  }

  /// A name for the file, taken from the end of the path.
  var fileName: String {
    let last = URLComponents(string: text)?.path.split(separator: "/").last.map(String.init) ?? ""
    let name = String(last.filter { $0 != "/" && !$0.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7f } })
    guard !name.isEmpty, !name.hasPrefix("."), name.utf8.count <= 200 else { return "RestoreImage.ipsw" }
    return name
  }
}
