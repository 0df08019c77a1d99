import Foundation
import XCTest

@testable import JSONRPC

final class JSONStringTests: XCTestCase {
  func testControlCharactersQuotesAndBackslashesAreEscaped() {
    XCTAssertEqual(
      JSONString.encode("a\"b\\c\n\r\t\u{0}\u{1F}\u{7F}/ü😀").description,
      #""a\"b\\c\n\r\t\u0000\u001f\u007f/ü😀""#)
    XCTAssertEqual(JSONString.encode("").description, "\"\"")
  }

  func testEveryScalarSurvivesFoundationsDecoder() throws {
    var text = ""
    for value in stride(from: UInt32(0), to: 0x11_0000, by: 7) where Unicode.Scalar(value) != nil {
      text.unicodeScalars.append(Unicode.Scalar(value) ?? "?")
    }
    for value in UInt32(0)..<0x180 { text.unicodeScalars.append(Unicode.Scalar(value) ?? "?") }
    let literal = Data(JSONString.encode(text).bytes)
    XCTAssertEqual(try JSONDecoder().decode(String.self, from: literal), text)
  }

  func testDecodingTakesWhatOthersWrite() throws {
    let samples = ["", "plain", "a\"b\\c\n\t\u{0}", "ü日本😀", String(repeating: "x\n", count: 100)]
    for sample in samples {
      let literal = Array(try JSONEncoder().encode(sample))
      let content = Array(literal[1..<literal.count - 1])
      XCTAssertEqual(content.withUnsafeBufferPointer { JSONString.decode(scannedContent: $0) }, sample)
    }
  }
}
