import Foundation

/// The framework's file format of a generic machine identifier: a binary property list `{UUID: 16 bytes}`.
enum MachineIdentifierFormat {
  private static let key = "UUID"

  static func encode(_ uuid: UUID) -> Data {
    BinaryPropertyListWriter.write([key: .data(withUnsafeBytes(of: uuid.uuid) { Data($0) })])
  }

  static func decode(_ data: Data) -> UUID? {
    guard let bytes = BinaryPropertyList.decode(data)?[key] as? Data, bytes.count == 16 else { return nil }
    return bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
  }
}
