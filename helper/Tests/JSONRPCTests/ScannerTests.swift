import Foundation
import XCTest

@testable import JSONRPC

final class ScannerTests: XCTestCase {
  private func verdict(_ text: String) -> JSONScanError? { JSONScanner.validate(Array(text.utf8)) }

  func testValidDocuments() {
    for text in [
      "0", "-0", "1e5", "1E+5", "1.5e-3", "-12.25", "true", "false", "null", "\"\"", "[]", "{}", " [ ] ", "[[],{}]",
      #"{"":{"a":[1,"x",null,true]},"b":"\u0000\ud800\\\/"}"#, "\"\u{7F}\"", "\"ü日😀\"", #"{"a":1,"a":2}"#,
      "\"" + String(repeating: "x", count: 100) + "é" + String(repeating: "y", count: 100) + "\"",
    ] { XCTAssertNil(verdict(text), text) }
  }

  func testFaultsAreNamedWithTheirPlace() {
    XCTAssertEqual(verdict("[1,x]")?.description, "expected a value at byte 3")
    XCTAssertEqual(verdict("{\"a\" 1}")?.description, "expected ':' after a member name at byte 5")
    XCTAssertEqual(verdict("[1")?.description, "unexpected end of the text at byte 2")
    XCTAssertEqual(verdict("")?.description, "unexpected end of the text at byte 0")
    XCTAssertEqual(verdict("1 2")?.description, "more text after the value at byte 2")
    XCTAssertEqual(verdict("\"\u{1}\"")?.description, "raw control character in a string at byte 1")
  }

  func testLoneSurrogatesAreRefusedOnRequest() {
    for text in [#""\ud800""#, #""\udc00""#, #""\ud800\ud800""#, #""\ud800x""#, #""\ud800\n""#, #"{"\udbff":0}"#] {
      XCTAssertNil(verdict(text), text)
      let strict = JSONScanner.validate(Array(text.utf8), refusingLoneSurrogates: true)
      XCTAssertEqual(strict?.reason, "half a surrogate pair in a string", text)
    }
    let pair = Array(#""\ud800\udc00\uDBFF\uDFFF\ud7ff\ue000""#.utf8)
    XCTAssertNil(JSONScanner.validate(pair, refusingLoneSurrogates: true))
    XCTAssertEqual(
      JSONScanner.validate(Array(#""\ud800\u12"#.utf8), refusingLoneSurrogates: true)?.reason,
      "unexpected end of the text")
  }

  func testEveryStopByteIsSeenAtEveryPlaceOfAWord() {
    // The scanner looks at eight bytes at a time; here each byte value stands at each of their places.
    for byte in UInt8.min...UInt8.max {
      for place in 0..<16 {
        var bytes = Array("\"aaaaaaaaaaaaaaaa\"".utf8)
        bytes[1 + place] = byte
        let isPlain = byte >= 0x20 && byte < 0x80 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
        XCTAssertEqual(JSONScanner.validate(bytes) == nil, isPlain, "byte \(byte) at \(place)")
      }
    }
  }

  func testEveryTwoAndThreeByteSequenceAgreesWithTheStandardLibrary() {
    func check(_ sequence: [UInt8]) {
      let text = [0x22] + sequence + [0x22]
      let isUTF8 = String(decoding: sequence, as: UTF8.self).utf8.elementsEqual(sequence)  // nothing was repaired
      XCTAssertEqual(JSONScanner.validate(text) == nil, isUTF8, "\(sequence)")
    }
    for lead in UInt8(0x80)...0xFF {
      for second in stride(from: UInt8(0x70), through: 0xF0, by: 1) where second >= 0x80 { check([lead, second]) }
      for second in stride(from: UInt8(0x80), to: 0xFF, by: 5) {
        for third in stride(from: UInt8(0x80), to: 0xFF, by: 21) {
          check([lead, second, third])
          check([lead, second, third, 0xBF])
        }
      }
    }
  }

  func testDepthIsBoundedWithoutRecursion() {
    for (open, close) in [("[", "]"), (#"{"a":"#, "}")] {
      func nested(_ levels: Int) -> String {
        String(repeating: open, count: levels) + "1" + String(repeating: close, count: levels)
      }
      XCTAssertNil(verdict(nested(512)))
      XCTAssertEqual(verdict(nested(513))?.reason, "nested deeper than 512 levels")
    }
    XCTAssertNotNil(verdict(String(repeating: "[", count: 1_000_000)))
  }

  /// The verdicts of Foundation's parser on the same random documents. Known differences, left out of the comparison:
  /// Foundation also reads UTF-16, UTF-32 and a byte order mark (any NUL or U+FEFF) and a comma after the last entry,
  /// and refuses numbers that fit no number type of its own.
  func testTheVerdictIsFoundations() throws {
    let seeds = [
      #"{"a":[1,-2.5e3,true,false,null,"x\n\u00e4"],"b":{"":{}},"ü":"日😀"}"#, #"[[[]],{"k":"v"},0,"\\\"",1E5]"#, "-0.5",
      #""text""#, #"["\ud83d\ude00","\u00e9\uD83D\uDE00","\ud800\u0041","\udc00"]"#,
      #"{"jsonrpc":"2.0","id":1,"method":"a","params":{"progressToken":7}}"#,
    ].map { Array($0.utf8) }
    var random = Randomness(seed: 1)
    var valid = 0
    for _ in 0..<20_000 {
      let bytes = random.mutated(seeds[random.below(seeds.count)])
      if bytes.contains(0) || bytes.starts(with: [0xEF, 0xBB, 0xBF]) || hasHugeNumber(bytes)
        || hasTrailingComma(bytes)
      {
        continue
      }
      let ours = JSONScanner.validate(bytes, refusingLoneSurrogates: true)
      let theirs = (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
      XCTAssertEqual(ours == nil, theirs, "\(String(decoding: bytes, as: UTF8.self)): \(String(describing: ours))")
      if theirs { valid += 1 }
    }
    XCTAssertGreaterThan(valid, 1000)  // the comparison is about both verdicts
  }

  private func hasTrailingComma(_ bytes: [UInt8]) -> Bool {
    let dense = bytes.filter { $0 > 0x20 }
    return zip(dense, dense.dropFirst()).contains { $0 == UInt8(ascii: ",") && [0x5D, 0x7D].contains($1) }
  }

  private func hasHugeNumber(_ bytes: [UInt8]) -> Bool {
    let numeric = Set("0123456789.eE+-".utf8)
    return bytes.split { !numeric.contains($0) }.contains { run in
      run.count > 17 || (run.contains(UInt8(ascii: "e")) || run.contains(UInt8(ascii: "E"))) && run.count > 6
    }
  }
}
