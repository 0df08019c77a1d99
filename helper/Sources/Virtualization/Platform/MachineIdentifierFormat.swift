import Foundation

/// The framework's file format of a generic machine identifier: a binary property list `{UUID: 16 bytes}`.
enum MachineIdentifierFormat {
  private static let key = "UUID"
  /// Identifiers have some 70 bytes. The limit keeps hostile data from ever reaching the property list parser in bulk.
  private static let maximumSize = 4096

  static func encode(_ uuid: UUID) -> Data {
    let bytes = withUnsafeBytes(of: uuid.uuid) { Data($0) }
    do {
      return try PropertyListSerialization.data(fromPropertyList: [key: bytes], format: .binary, options: 0)
    } catch {
      preconditionFailure("a dictionary of one string and one data always encodes: \(error)")
    }
  }

  static func decode(_ data: Data) -> UUID? {
    guard data.count <= maximumSize, data.starts(with: Data("bplist00".utf8)),
      let list = try? PropertyListSerialization.propertyList(from: data, format: nil) as? [String: Any],
      let bytes = list[key] as? Data, bytes.count == 16
    else { return nil }
    return bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
  }
}
