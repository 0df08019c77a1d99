import XCTest

@testable import Virtualization

final class QMPParserTests: XCTestCase {
  private func parse(_ text: String) throws -> QMPValue { try QMPParser.parse(text.utf8) }

  func testEveryKindOfValue() throws {
    XCTAssertEqual(
      try parse(#" {"a": [1, -2, 2.5, 1e3, true, false, null], "b": {"c": "d"}, "e": {}, "f": []} "#),
      [
        "a": [1, -2, .number(2.5), .number(1000), true, false, .null], "b": ["c": "d"], "e": [:], "f": [],
      ])
    XCTAssertEqual(try parse("9223372036854775807"), .integer(.max))
    XCTAssertEqual(try parse("18446744073709551616"), .number(18_446_744_073_709_551_616))
  }

  func testStrings() throws {
    XCTAssertEqual(try parse(#""a\"\\\/\n\r\t\b\fé""#), .string("a\"\\/\n\r\t\u{8}\u{c}é"))
    XCTAssertEqual(try parse(#""\ud83d\ude00""#), .string("😀"))
    XCTAssertEqual(try parse(#""\ud83d\u0041""#), .string("\u{FFFD}"))
  }

  func testWhatIsNoJSONIsRefused() {
    for text in [
      "", " ", "{", "[", "\"", "{\"a\"}", "{\"a\":}", "[1,]", "{,}", "tru", "nul", "1 2", "\"\\x\"", "\"\\u12\"",
      "\"\\ud83d\"", "--1", "{1:2}", "]",
    ] {
      XCTAssertThrowsError(try parse(text), text)
    }
  }

  func testDepthIsBounded() {
    XCTAssertThrowsError(try parse(String(repeating: "[", count: 1_000_000)))
    XCTAssertNoThrow(try parse(String(repeating: "[", count: 60) + String(repeating: "]", count: 60)))
  }

  func testWrittenTextReadsBackTheSame() throws {
    let value: QMPValue = [
      "name": "quote \" back \\ line\n é \u{1}", "list": [1, true, .null], "deep": ["x": .number(0.5)],
    ]
    XCTAssertEqual(try parse(value.text), value)
  }

  func testTruncatedAndDamagedTextNeverTraps() {
    let bytes = Array(#"{"return": {"status": "running", "x": [1.5e3, "\u00e9\n"]}, "id": 12}"#.utf8)
    for end in bytes.indices { _ = try? QMPParser.parse(bytes[..<end]) }
    for place in bytes.indices {
      for byte in [0, 0x22, 0x5C, 0x7B, 0xFF] as [UInt8] {
        var damaged = bytes
        damaged[place] = byte
        _ = try? QMPParser.parse(damaged)
      }
    }
  }
}
