import Foundation

/// An absolute path on the helper's host. Relative ones are refused: the helper's working folder means nothing to a
/// client.
public struct PathString: Codable, Hashable, Sendable {
  public let string: String

  public init(_ string: String) {
    self.string = string
  }

  public init(_ url: URL) {
    string = url.path
  }

  public var url: URL { URL(fileURLWithPath: string) }

  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    if let problem = Self.problem(with: text) { throw WireFault(path: decoder.codingPath, problem: problem) }
    string = text
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(string)
  }

  private static func problem(with text: String) -> String? {
    if text.isEmpty { return "must be an absolute path, not an empty string" }
    if text.utf8.contains(0) { return "must be a path, which cannot contain the character NUL" }
    if text.utf8.first != UInt8(ascii: "/") { return "must be an absolute path, not \"\(text.prefix(128))\"" }
    return nil
  }
}
