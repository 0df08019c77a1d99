import Foundation

/// The framework's data representations: small dictionaries as binary property lists.
enum BinaryPropertyList {
  /// They have some hundred bytes. The limit keeps hostile data from ever reaching the property list parser in bulk.
  private static let maximumSize = 4096

  /// What fractions and truth values are written as.
  private static let foreignKinds: Set<String> = ["f", "d", "c", "B"]

  static func decode(_ data: Data) -> [String: Any]? {
    guard data.count <= maximumSize, data.starts(with: Data("bplist00".utf8)) else { return nil }
    return BinaryPropertyListReader.read(data) as? [String: Any]
  }

  /// A whole number; nil for truth values, fractions and what does not fit.
  static func unsigned(_ value: Any?) -> UInt64? {
    guard let number = value as? NSNumber, !foreignKinds.contains(String(cString: number.objCType)),
      number.compare(NSNumber(value: 0)) != .orderedAscending
    else { return nil }
    return number.uint64Value
  }
}
