import Foundation
import HelperProtocol

/// The members of another program's configuration, which may hold anything.
struct ForeignMembers {
  /// The file, for messages.
  let path: String
  private let members: [String: JSONValue]
  /// What stands before a member's name in messages.
  private let prefix: String

  init(_ bytes: [UInt8], path: String) throws {
    (self.path, prefix) = (path, "")
    do {
      members = try JSONText.decode([String: JSONValue].self, from: bytes)
    } catch {
      throw Self.problem(path, "is not an object in JSON")
    }
  }

  private init(_ members: [String: JSONValue], path: String, prefix: String) {
    (self.members, self.path, self.prefix) = (members, path, prefix)
  }

  func has(_ key: String) -> Bool { value(key) != nil }

  func string(_ key: String) throws -> String? {
    guard let value = value(key) else { return nil }
    guard case .string(let text) = value, text.utf8.count <= 1 << 16 else { throw mistake(key, "a short text") }
    return text
  }

  /// A positive number of so many at most.
  func number(_ key: String, upTo limit: UInt64) throws -> UInt64? {
    guard let value = value(key) else { return nil }
    guard case .integer(let number) = value, number > 0, UInt64(number) <= limit else {
      throw mistake(key, "a whole number from 1 to \(limit)")
    }
    return UInt64(number)
  }

  /// Bytes as base64.
  func data(_ key: String) throws -> Data? {
    guard let text = try string(key) else { return nil }
    guard let data = Data(base64Encoded: text), !data.isEmpty else { throw mistake(key, "bytes in base64") }
    return data
  }

  func object(_ key: String) throws -> ForeignMembers? {
    guard let value = value(key) else { return nil }
    guard case .object(let inner) = value else { throw mistake(key, "an object") }
    return ForeignMembers(inner, path: path, prefix: "\(prefix)\(key).")
  }

  /// - Throws: an error that names the member when it is missing.
  func required<T>(_ key: String, _ read: (String) throws -> T?) throws -> T {
    guard let value = try read(key) else { throw problem("has no \(prefix)\(key)") }
    return value
  }

  /// - Parameter problem: the rest of the sentence that the path begins.
  func problem(_ problem: String) -> WireError { Self.problem(path, problem) }

  func mistake(_ key: String, _ expected: String) -> WireError {
    problem("has a \(prefix)\(key) that is not \(expected)")
  }

  private static func problem(_ path: String, _ problem: String) -> WireError {
    WireError(.invalidConfiguration, "\(path) \(problem). Correct the file, or make the machine anew.")
  }

  /// Null is as good as nothing to the programs that write such files.
  private func value(_ key: String) -> JSONValue? {
    members[key].flatMap { $0 == .null ? nil : $0 }
  }
}
