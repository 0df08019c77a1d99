import Foundation

/// Property lists of files that come from elsewhere and may be hostile. Apple's are XML in UTF-8, or binary.
enum PropertyListFile {
  /// Tags that a list may have. Apple's largest have far fewer; each costs Foundation's reader hundreds of bytes.
  private static let maximumTags = 1 << 19
  /// The XML declaration, which names the encoding, stands within so many bytes.
  private static let declarationSize = 256

  /// - Returns: nil for anything but a dictionary of reasonable size.
  static func dictionary(_ data: Data) -> [String: Any]? {
    if data.starts(with: Data("bplist".utf8)) {
      // Not Foundation's: that one copies shared parts each time, without end where many are shared.
      return BinaryPropertyListReader.read(data) as? [String: Any]
    }
    guard isPlainXML(data), data.lazy.filter({ $0 == UInt8(ascii: "<") }).count <= maximumTags else { return nil }
    return try? PropertyListSerialization.propertyList(from: data, format: nil) as? [String: Any]
  }

  /// Whether the bytes are XML whose tags can be counted: in UTF-8, and not one of the older formats of such lists.
  private static func isPlainXML(_ data: Data) -> Bool {
    let mark = Data([0xEF, 0xBB, 0xBF])
    let text = data.starts(with: mark) ? data.dropFirst(mark.count) : data
    guard text.first(where: { !" \t\r\n".utf8.contains($0) }) == UInt8(ascii: "<") else { return false }
    let head = String(decoding: text.prefix(declarationSize), as: UTF8.self).lowercased()
    guard head.hasPrefix("<?xml"), let end = head.range(of: "?>") else { return !head.contains("encoding") }
    let declaration = head[..<end.lowerBound]
    return !declaration.contains("encoding") || declaration.contains("utf-8")
  }
}
