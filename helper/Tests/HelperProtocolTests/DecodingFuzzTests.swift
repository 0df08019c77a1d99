import Foundation
import HelperProtocol
import XCTest

/// Decoding must end in a value or an error. Where it ends the process, this test names the text that did it.
final class DecodingFuzzTests: XCTestCase {
  /// Valid JSON that decoders have been known to trip over, to stand in the place of names and values.
  private static let pieces: [[UInt8]] = [
    #""\ud800""#, #""\udc00x""#, #""\ud800\ud800""#, #""\ud83d\ude00""#, #""\u0000""#, "1e999", "-1e-999", "-0",
    String(repeating: "9", count: 40), "0.1", "null", "{}", "[]", #"{"":[null]}"#, #""""#, "9223372036854775808",
  ].map { Array($0.utf8) }

  func testNoParamsEndTheProcess() throws {
    var random = Randomness(seed: 5)
    var accepted = 0
    for fixture in try Fixtures.methods() {
      guard let type = paramsTypes[fixture.method] else { continue }
      for value in fixture.params {
        let text = try WireCoder.encode(value)
        for round in 0..<1_000 {
          let wrong = round.isMultiple(of: 2) ? random.mutated(text) : withPiece(text, &random)
          if reads(wrong, as: type) { accepted += 1 }
        }
      }
    }
    XCTAssertGreaterThan(accepted, 1000)  // not all mistakes are so gross that nothing is looked at
  }

  func testHalfCharactersAreRefusedWithTheirPlace() {
    for text in [#"{"\ud800":1}"#, #"{"a":{"\udfff":1}}"#, #"{"\ud800\u0041":1}"#, #"["\ud83dx"]"#] {
      XCTAssertThrowsError(try WireCoder.decode(JSONValue.self, from: text.utf8, root: "params"), text) { error in
        let message = (error as? WireFault)?.message ?? "\(error)"
        XCTAssert(message.hasPrefix("params cannot be read: half a surrogate pair in a string at byte "), message)
      }
    }
    XCTAssertThrowsError(try JSONText.decode(JSONValue.self, from: Array(#"{"a"#.utf8) + [0xFF] + Array(#"":1}"#.utf8)))
    XCTAssertEqual(try JSONText.decode([String].self, from: #"["\ud83d\uDE00"]"#.utf8), ["😀"])
  }

  /// Puts a piece in the place of a string or number, whether name or value.
  private func withPiece(_ text: [UInt8], _ random: inout Randomness) -> [UInt8] {
    var tokens: [Range<Int>] = []
    var start: Int?
    for (index, byte) in text.enumerated() where byte == UInt8(ascii: "\"") {
      if let from = start { tokens.append(from..<index + 1) }
      start = start == nil ? index : nil
    }
    guard let token = tokens.randomElement(using: &random), let piece = Self.pieces.randomElement(using: &random) else {
      return random.mutated(text)
    }
    return Array(text[..<token.lowerBound]) + piece + Array(text[token.upperBound...])
  }

  private func reads<T: Decodable>(_ text: [UInt8], as type: T.Type) -> Bool {
    (try? WireCoder.decode(type, from: text, root: "params")) != nil
  }
}
