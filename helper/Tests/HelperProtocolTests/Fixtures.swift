import Foundation
import HelperProtocol

/// A value that must be refused, and the place that the refusal must name.
struct InvalidCase: Decodable {
  let value: JSONValue
  let path: String
}

struct MethodFixture: Decodable {
  let method: String
  let params: [JSONValue]
  let results: [JSONValue]
  let invalidParams: [InvalidCase]
}

struct EventFixture: Decodable {
  let event: String
  let params: [JSONValue]
}

struct TypeFixture: Decodable {
  let type: String
  let values: [JSONValue]
  let invalid: [InvalidCase]
}

struct ErrorFixture: Decodable {
  struct Body: Decodable {
    let code: Int
    let message: String
    let data: JSONValue
  }

  let error: Body
}

/// The golden JSON that the TypeScript suite reads too.
enum Fixtures {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appendingPathComponent("../../../protocol/fixtures").standardizedFileURL

  static func methods() throws -> [MethodFixture] { try read("", where: { !$0.hasSuffix(".event.json") }) }
  static func events() throws -> [EventFixture] { try read("", where: { $0.hasSuffix(".event.json") }) }
  static func types() throws -> [TypeFixture] { try read("types", where: { $0.hasSuffix(".json") }) }
  static func errors() throws -> [ErrorFixture] { try read("errors", where: { $0.hasSuffix(".json") }) }

  private static func read<T: Decodable>(_ under: String, where isWanted: (String) -> Bool) throws -> [T] {
    let folder = under.isEmpty ? folder : folder.appendingPathComponent(under)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    return try names.sorted().filter { $0.hasSuffix(".json") && isWanted($0) }.map { name in
      try JSONDecoder().decode(T.self, from: Data(contentsOf: folder.appendingPathComponent(name)))
    }
  }
}
