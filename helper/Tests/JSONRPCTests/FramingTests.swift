import XCTest

@testable import JSONRPC

/// How messages are cut out of the stream.
final class FramingTests: XCTestCase {
  private let request = #"{"jsonrpc":"2.0","id":1,"method":"a"}"#
  private let answer = #"{"jsonrpc":"2.0","id":1,"result":null}"#

  func testBytesMayArriveOneByOne() throws {
    for wiring in [TestPeer.Wiring.socket, .pipes] {
      let peer = try TestPeer(wiring)
      for byte in (TestPeer.framed(request) + TestPeer.framed(request)).utf8 { try peer.send(bytes: [byte]) }
      XCTAssertEqual(try peer.receiveFramed(), answer)
      XCTAssertEqual(try peer.receiveFramed(), answer)

      let lines = try TestPeer(wiring)
      for byte in (request + "\n" + request + "\r\n").utf8 { try lines.send(bytes: [byte]) }
      XCTAssertEqual(try lines.receiveLine(), answer)
      XCTAssertEqual(try lines.receiveLine(), answer)
    }
  }

  func testHeadersAreReadAsVSCodeWritesThemAndABitMore() throws {
    let length = request.utf8.count
    for header in [
      "Content-Length: \(length)\r\n\r\n", "content-length:\(length)\r\n\r\n", "CONTENT-LENGTH:  \(length) \t\r\n\r\n",
      "Content-Length: \(length)\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n",
      "Content-Type: x\r\nContent-Length: 00\(length)\r\n\r\n", "Content-Length: \(length)\n\n",
      " \r\n\tContent-Length: \(length)\r\n\r\n",
    ] {
      let peer = try TestPeer()
      try peer.send(header + request)
      XCTAssertEqual(try peer.receiveFramed(), answer, header)
    }
  }

  func testABadHeaderIsAnsweredAndEndsTheConnection() throws {
    let headers = [
      "garbage\r\n", "Content-Length: abc\r\n\r\n", "Content-Length: -5\r\n\r\n", "Content-Length: +5\r\n\r\n",
      "Content-Length: 5.0\r\n\r\n", "Content-Length: 0x10\r\n\r\n", "Content-Length:\r\n\r\n",
      "Content-Length: 99999999999999999999999\r\n\r\n", "Content-Length: 9223372036854775808\r\n\r\n",
      "Content-Type: x\r\n\r\n", "Content-Length: 5\r\nContent-Length: 5\r\n\r\n", "Content-Length : 5\r\n\r\n",
      "Content\rLength: 5\r\n\r\n", "\u{0}\r\n", "X: " + String(repeating: "y", count: 9000), "GET / HTTP/1.1\r\n",
      "X: y\r\n" + String(repeating: "Z: y\r\n", count: 1500),
    ]
    for header in headers {
      let peer = try TestPeer()
      try peer.send(header)
      let error = try peer.receiveFramed()
      XCTAssertTrue(error.hasPrefix(#"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"#), "\(header): \(error)")
      XCTAssertNil(JSONScanner.validate(Array(error.utf8)))
      guard case .invalidFraming = peer.service.waitForEnd() else {
        return XCTFail("\(peer.service.ends) for \(header)")
      }
      XCTAssertEqual(try peer.receiveRest(), "")
    }
  }

  func testRequestsBeforeABadHeaderAreAnswered() throws {
    let peer = try TestPeer()
    try peer.send(TestPeer.framed(request) + "garbage\n")
    XCTAssertEqual(try peer.receiveFramed(), answer)
    XCTAssertTrue(try peer.receiveFramed().contains("-32700"))
  }

  func testAMessageOverTheLimitIsAnsweredAndSkippedExactly() throws {
    var limits = Limits()
    limits.frameBytes = 1000
    let peer = try TestPeer(limits: limits)
    let big = "[" + String(repeating: " ", count: 999_998) + "]"
    try peer.sendFramed(big, request)
    XCTAssertEqual(
      try peer.receiveFramed(),
      #"{"jsonrpc":"2.0","id":null,"error":{"code":-32007,"message":"A message of 1000000 bytes is over the limit of 1000 bytes and was skipped"}}"#
    )
    XCTAssertEqual(try peer.receiveFramed(), answer)
    let exact = request + String(repeating: " ", count: 1000 - request.utf8.count)
    XCTAssertEqual(try peer.ask(exact), answer)
    XCTAssertTrue(try peer.ask(exact + " ").contains("-32007"))
    XCTAssertEqual(try peer.ask(request), answer)
  }

  func testTenGigabytesAreRefusedAtOnce() throws {
    let peer = try TestPeer()
    try peer.send("Content-Length: 10737418240\r\n\r\n")
    XCTAssertTrue(try peer.receiveFramed().contains("-32007"))
    try peer.send(String(repeating: "x", count: 1 << 20))
    peer.closeOutput()
    XCTAssertEqual(
      peer.service.waitForEnd(),
      .truncatedInput("the input ended \(10_737_418_240 - 1 << 20) bytes before the end of a message over the limit"))
  }

  func testAnEmptyMessageIsAParseErrorAndTheStreamGoesOn() throws {
    let peer = try TestPeer()
    XCTAssertTrue(try peer.ask("").contains("-32700"))
    XCTAssertEqual(try peer.ask(request), answer)
  }

  func testTheFirstByteChoosesLinesForBothWays() throws {
    let peer = try TestPeer(.pipes)
    try peer.send("\n \r\n" + request + "\n\n  \n[" + request + "]\r\nnonsense\n" + request + "\n")
    XCTAssertEqual(try peer.receiveLine(), answer)
    XCTAssertEqual(try peer.receiveLine(), "[" + answer + "]")
    XCTAssertTrue(try peer.receiveLine().contains("-32700"))
    XCTAssertEqual(try peer.receiveLine(), answer)
  }

  func testAResultWithLineEndsStaysOneLine() throws {
    let service = TestService { request, _ in request.succeed(RawJSON(string: "{\n  \"a\": \"\\n\"\r\n}")) }
    let peer = try TestPeer(service: service)
    try peer.send(request + "\n")
    XCTAssertEqual(try peer.receiveLine(), #"{"jsonrpc":"2.0","id":1,"result":{   "a": "\n"  }}"#)
  }

  func testALineOverTheLimitIsAnsweredAndSkipped() throws {
    var limits = Limits()
    limits.frameBytes = 1000
    let peer = try TestPeer(limits: limits)
    try peer.send(request + "\n" + String(repeating: "[", count: 1_000_000) + "\n" + request + "\n")
    XCTAssertEqual(try peer.receiveLine(), answer)
    XCTAssertTrue(try peer.receiveLine().contains("-32007"))
    XCTAssertEqual(try peer.receiveLine(), answer)
  }

  func testTheLastLineNeedsNoLineEnd() throws {
    let peer = try TestPeer(.pipes)
    try peer.send(request)
    peer.closeOutput()
    XCTAssertEqual(try peer.receiveRest(), answer + "\n")
    XCTAssertEqual(peer.service.waitForEnd(), .endOfInput)
  }

  func testHalfALineAtTheEndIsAParseError() throws {
    let peer = try TestPeer(.pipes)
    try peer.send(String(request.dropLast(3)))
    peer.closeOutput()
    XCTAssertTrue(try peer.receiveRest().contains("-32700"))
    XCTAssertEqual(peer.service.waitForEnd(), .truncatedInput("the input ended inside a line"))
  }

  func testHalfAMessageAtTheEndHasAReason() throws {
    for (text, reason) in [
      ("Content-Le", "the input ended inside a message's header"),
      ("Content-Length: 5\r\n", "the input ended inside a message's header"),
      ("Content-Length: 5\r\n\r\n{}", "the input ended after 2 of a message's 5 bytes"),
    ] {
      let peer = try TestPeer()
      try peer.send(text)
      peer.closeOutput()
      XCTAssertEqual(peer.service.waitForEnd(), .truncatedInput(reason))
    }
  }

  func testAGiantMessageLeavesNoGiantBuffer() throws {
    let reader = FrameReader(limits: Limits())
    let giant = "[" + String(repeating: "1,", count: 10 << 20) + "1]"
    for text in [giant, request] {
      Array(TestPeer.framed(text).utf8).withUnsafeBufferPointer { reader.buffer.append($0) }
      if text == giant { guard case .framing = reader.next() else { return XCTFail() } }
      guard case .message(let message) = reader.next() else { return XCTFail("no message") }
      XCTAssertEqual(message.count, text.utf8.count)
      guard case .needsInput = reader.next() else { return XCTFail("more than was sent") }
    }
    _ = reader.buffer.room()
    XCTAssertLessThan(reader.buffer.capacity, 1 << 20)
  }

  func testMessagesSentBeforeTheFirstByteWaitForTheFraming() throws {
    for usesLines in [true, false] {
      let peer = try TestPeer()
      peer.connection.notify(method: "early", params: .emptyObject)
      try peer.send(usesLines ? request + "\n" : TestPeer.framed(request))
      let receive = usesLines ? peer.receiveLine : peer.receiveFramed
      XCTAssertEqual(try receive(), #"{"jsonrpc":"2.0","method":"early","params":{}}"#)
      XCTAssertEqual(try receive(), answer)
    }
  }
}
