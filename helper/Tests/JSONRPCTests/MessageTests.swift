import XCTest

@testable import JSONRPC

/// What single messages are answered with.
final class MessageTests: XCTestCase {
  private func assertError(
    _ code: Int, id: String = "null", for message: String, file: StaticString = #filePath, line: UInt = #line
  ) throws {
    let answer = try TestPeer().ask(message)
    let expected = #"{"jsonrpc":"2.0","id":\#(id),"error":{"code":\#(code),"message":""#
    XCTAssertTrue(answer.hasPrefix(expected), "\(message) gave \(answer)", file: file, line: line)
    XCTAssertNil(JSONScanner.validate(Array(answer.utf8)), answer, file: file, line: line)
  }

  func testARequestIsAnsweredWithItsResult() throws {
    XCTAssertEqual(
      try TestPeer().ask(#"{"jsonrpc":"2.0","id":1,"method":"echo","params":{"a":[1,2]}}"#),
      #"{"jsonrpc":"2.0","id":1,"result":{"a":[1,2]}}"#)
  }

  func testIdsAreEchoedByteForByte() throws {
    let ids = [
      "0", "-1", "1.50", "1e3", "123456789012345678901234567890", "-0.0", #""""#, #""x""#, #""\u00e4\ud800\"""#,
      #""日本""#,
      "null", #""0123456789abcdefghij""#,
    ]
    let peer = try TestPeer()
    for id in ids {
      XCTAssertEqual(
        try peer.ask(#"{"jsonrpc":"2.0","id":\#(id),"method":"echo"}"#), #"{"jsonrpc":"2.0","id":\#(id),"result":null}"#
      )
    }
  }

  func testMembersComeInAnyOrderSpellingAndCompany() throws {
    let peer = try TestPeer()
    XCTAssertEqual(
      try peer.ask(
        " {\t\"params\" : [ ] ,\r\n\"extra\":{\"id\":9,\"method\":[]}, \"\\u0069d\":1, \"m\\u0065thod\":\"e\",\"jsonrpc\":\"2.0\" } "
      ),
      #"{"jsonrpc":"2.0","id":1,"result":[ ]}"#)
  }

  func testMethodNamesAreDecoded() throws {
    let service = TestService { request, _ in request.succeed(JSONString.encode(request.method)) }
    let peer = try TestPeer(service: service)
    XCTAssertEqual(
      try peer.ask(#"{"jsonrpc":"2.0","id":1,"method":"a\u00e4\n\/\ud83d\ude00\ud800b日"}"#),
      #"{"jsonrpc":"2.0","id":1,"result":"aä\n/😀\#u{FFFD}b日"}"#)
  }

  func testWhatIsNotJSONIsAParseError() throws {
    let broken = [
      "", " ", "{", "[", "}", "tru", "nul", "{]", "[1,]", #"{"a":1,}"#, #"{"a" 1}"#, "{a:1}", "'x'", "01", "1.", ".5",
      "+1", "1e",
      "--1", "\u{FEFF}{}", "{}x", "{} {}", "[] []", "\"\u{01}\"", "\"\n\"", #""\x""#, #""\u12g4""#, #""\u12"#, "\"",
      "NaN", "//",
      "\u{0}", #"{"jsonrpc":"2.0","id":1,"method":"a"} trailing"#, #"{"jsonrpc":"2.0","id":1,"method":"a","id":1}"#,
      #"{"jsonrpc":"2.0","id":1,"method":"a","method":"b"}"#,
      #"{"jsonrpc":"2.0","id":1,"m\u0065thod":"a","method":"b"}"#,
    ]
    for text in broken { try assertError(-32700, for: text) }
  }

  func testInvalidUTF8IsAParseError() throws {
    let sequences: [[UInt8]] = [
      [0x80], [0xC0, 0xAF], [0xC1, 0x81], [0xC3], [0xC3, 0x28], [0xE0, 0x80, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80],
      [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFE], [0xFF],
    ]
    let peer = try TestPeer()
    for sequence in sequences {
      let body = Array(#"{"jsonrpc":"2.0","id":1,"method":"a","params":[""#.utf8) + sequence + Array(#""]}"#.utf8)
      try peer.send(bytes: Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body)
      XCTAssertTrue(try peer.receiveFramed().contains(#""code":-32700"#), "\(sequence)")
    }
    XCTAssertTrue(try peer.ask(#"{"jsonrpc":"2.0","id":1,"method":"a"}"#).contains("result"))
  }

  func testNestingIsBounded() throws {
    func nested(_ levels: Int) -> String {
      #"{"jsonrpc":"2.0","id":1,"method":"a","params":"#
        + String(repeating: "[", count: levels) + String(repeating: "]", count: levels) + "}"
    }
    let peer = try TestPeer()
    XCTAssertTrue(try peer.ask(nested(511)).contains("result"))
    XCTAssertTrue(try peer.ask(nested(512)).contains("-32700"))
    XCTAssertTrue(try peer.ask(String(repeating: "[", count: 1_000_000)).contains("-32700"))
    XCTAssertTrue(try peer.ask(String(repeating: #"{"a":"#, count: 300_000)).contains("-32700"))
  }

  func testWhatIsNotARequestIsAnInvalidRequest() throws {
    for text in ["1", "null", "true", #""text""#, "{}", #"{"jsonrpc":"2.0"}"#] { try assertError(-32600, for: text) }
    try assertError(-32600, id: "1", for: #"{"jsonrpc":"2.0","id":1}"#)
    try assertError(-32600, id: "1", for: #"{"jsonrpc":"2.0","id":1,"method":1}"#)
    try assertError(-32600, id: "1", for: #"{"jsonrpc":"2.0","id":1,"method":null,"result":1}"#)
    try assertError(-32600, id: "1", for: #"{"id":1,"method":"a"}"#)
    try assertError(-32600, id: "1", for: #"{"jsonrpc":"1.0","id":1,"method":"a"}"#)
    try assertError(-32600, id: "1", for: #"{"jsonrpc":2.0,"id":1,"method":"a"}"#)
    for params in ["1", "null", "true", #""text""#] {
      try assertError(-32600, id: "1", for: #"{"jsonrpc":"2.0","id":1,"method":"a","params":\#(params)}"#)
    }
    for id in ["true", "false", "[]", "{}"] {
      try assertError(-32600, for: #"{"jsonrpc":"2.0","id":\#(id),"method":"a"}"#)
    }
    try assertError(-32600, for: #"{"jsonrpc":"2.0","method":"a","params":"text"}"#)
  }

  func testNamesHaveALength() throws {
    let long = String(repeating: "x", count: 5000)
    try assertError(-32600, for: #"{"jsonrpc":"2.0","id":"\#(long)","method":"a"}"#)
    try assertError(-32600, id: "1", for: #"{"jsonrpc":"2.0","id":1,"method":"\#(long)"}"#)
    try assertError(
      -32600, id: "1", for: #"{"jsonrpc":"2.0","id":1,"method":"a","params":{"progressToken":"\#(long)"}}"#)
  }

  func testNotificationsAreDeliveredAndNeverAnswered() throws {
    let service = TestService { request, _ in request.fail(.methodNotFound(request.method)) }
    let peer = try TestPeer(service: service)
    try peer.sendFramed(
      #"{"jsonrpc":"2.0","method":"hello","params":[1]}"#, #"{"jsonrpc":"2.0","method":"bye"}"#,
      #"{"jsonrpc":"2.0","method":"$/unknown","params":{}}"#, #"{"jsonrpc":"2.0","id":5,"method":"no\u0000 such"}"#)
    XCTAssertEqual(
      try peer.receiveFramed(),
      #"{"jsonrpc":"2.0","id":5,"error":{"code":-32601,"message":"Method not found: no\\u{0} such"}}"#)
    XCTAssertEqual(service.notifications, ["hello [1]", "bye -"])
  }

  func testRequestsOfTheTransportsOwnNamesAreUnknown() throws {
    try assertError(-32601, id: "1", for: #"{"jsonrpc":"2.0","id":1,"method":"$/cancelRequest","params":{"id":0}}"#)
  }

  func testResponsesAreIgnored() throws {
    let service = TestService()
    let peer = try TestPeer(service: service)
    try peer.sendFramed(
      #"{"jsonrpc":"2.0","id":1,"result":{}}"#, #"{"jsonrpc":"2.0","id":null,"error":{"code":1,"message":""}}"#,
      #"{"jsonrpc":"2.0","id":2,"method":"a"}"#)
    XCTAssertEqual(try peer.receiveFramed(), #"{"jsonrpc":"2.0","id":2,"result":null}"#)
    XCTAssertEqual(service.logged.filter { $0.contains("a response was ignored") }.count, 2)
  }

  func testErrorsCarryTheirData() throws {
    let service = TestService { request, _ in
      request.fail(RPCError(code: 7, message: "say \"no\"\n\u{1}ü", data: RawJSON(string: #"{"kind":"x"}"#)))
    }
    XCTAssertEqual(
      try TestPeer(service: service).ask(#"{"jsonrpc":"2.0","id":1,"method":"a"}"#),
      #"{"jsonrpc":"2.0","id":1,"error":{"code":7,"message":"say \"no\"\n\u0001ü","data":{"kind":"x"}}}"#)
  }

  func testAPeerCannotFillTheLog() throws {
    let service = TestService()
    let peer = try TestPeer(service: service)
    for _ in 0..<500 { _ = try peer.ask("garbage") }
    XCTAssertLessThan(service.logged.count, 60)
  }
}
