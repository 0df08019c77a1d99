import Foundation

/// An absolute path on the helper's host. Relative ones are refused: the helper's working folder means nothing to a
/// client. In a file, paths may be stored relative to the folder that the coder is given as ``base``.
public struct PathString: Codable, Hashable, Sendable {
  /// The key of a coder's `userInfo` for the absolute path of a folder: paths inside it are read and written relative to it.
  public static let base = CodingUserInfoKey(rawValue: "vzkit.pathBase")!  // no string is refused

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
    if let base = decoder.userInfo[Self.base] as? String, Self.isInside(text) {
      string = "\(base)/\(text)"
      return
    }
    if let problem = Self.problem(with: text) { throw WireFault(path: decoder.codingPath, problem: problem) }
    string = text
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let base = encoder.userInfo[Self.base] as? String, string.hasPrefix("\(base)/") {
      let relative = String(string.dropFirst(base.count + 1))
      if Self.isInside(relative) { return try container.encode(relative) }
    }
    try container.encode(string)
  }

  /// Whether a relative path stays in its folder, whatever stands there.
  private static func isInside(_ text: String) -> Bool {
    !text.isEmpty && !text.hasPrefix("/") && !text.utf8.contains(0)
      && !text.split(separator: "/", omittingEmptySubsequences: false).contains { ["", ".", ".."].contains($0) }
  }

  private static func problem(with text: String) -> String? {
    if text.isEmpty { return "must be an absolute path, not an empty string" }
    if text.utf8.contains(0) { return "must be a path, which cannot contain the character NUL" }
    if text.utf8.first != UInt8(ascii: "/") { return "must be an absolute path, not \"\(text.prefix(128))\"" }
    return nil
  }
}
