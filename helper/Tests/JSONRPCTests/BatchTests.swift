import HostSystem
import XCTest

@testable import JSONRPC

final class BatchTests: XCTestCase {
  private func ask(_ message: String, service: TestService = TestService(), limits: Limits = Limits()) throws -> String
  {
    try TestPeer(service: service, limits: limits).ask(message)
  }

  func testAMixedBatchHasOneEntryForEachRequest() throws {
    let service = TestService()
    let answer = try ask(
      #"""
      [{"jsonrpc":"2.0","id":1,"method":"a","params":[1]}, {"jsonrpc":"2.0","method":"note"}, 7, {"foo":"boo"},
       {"jsonrpc":"2.0","id":9,"result":0}, {"jsonrpc":"2.0","id":"2","method":"b"}]
      """#, service: service)
    let invalid = #"{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Invalid request: "#
    XCTAssertEqual(
      answer,
      #"[{"jsonrpc":"2.0","id":1,"result":[1]},"# + invalid + #"a message must be an object"}},"# + invalid
        + #"\"method\" must be a string"}},{"jsonrpc":"2.0","id":"2","result":null}]"#)
    XCTAssertEqual(service.notifications, ["note -"])
  }

  func testAnEmptyBatchIsOneInvalidRequest() throws {
    XCTAssertTrue(try ask("[]").hasPrefix(#"{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"#))
    XCTAssertTrue(try ask(" [ \n] ").hasPrefix(#"{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"#))
  }

  func testABatchOfNotificationsIsNotAnswered() throws {
    let service = TestService()
    let peer = try TestPeer(service: service)
    try peer.sendFramed(
      #"[{"jsonrpc":"2.0","method":"a"},{"jsonrpc":"2.0","method":"b"}]"#, #"{"jsonrpc":"2.0","id":1,"method":"c"}"#)
    XCTAssertEqual(try peer.receiveFramed(), #"{"jsonrpc":"2.0","id":1,"result":null}"#)
    XCTAssertEqual(service.notifications, ["a -", "b -"])
  }

  func testNothingOfABrokenBatchIsDone() throws {
    let service = TestService()
    let answer = try ask(#"[{"jsonrpc":"2.0","method":"a"},{"jsonrpc":"2.0","method"]"#, service: service)
    XCTAssertTrue(answer.hasPrefix(#"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"#), answer)
    XCTAssertEqual(service.notifications, [])
  }

  func testABatchIsAnsweredWhenItsLastRequestIs() throws {
    let held = Locked<[PendingRequest]>([])
    let service = TestService { request, _ in
      if request.method == "hold" { held.with { $0.append(request) } } else { request.succeed(.null) }
    }
    let peer = try TestPeer(service: service)
    try peer.sendFramed(
      #"[{"jsonrpc":"2.0","id":1,"method":"hold"},{"jsonrpc":"2.0","id":2,"method":"a"},{"jsonrpc":"2.0","id":3,"method":"hold"}]"#
    )
    XCTAssertEqual(try peer.ask(#"{"jsonrpc":"2.0","id":4,"method":"a"}"#), #"{"jsonrpc":"2.0","id":4,"result":null}"#)
    let requests = held.with { $0 }
    requests[1].fail(.requestCancelled)
    XCTAssertEqual(try peer.ask(#"{"jsonrpc":"2.0","id":5,"method":"a"}"#), #"{"jsonrpc":"2.0","id":5,"result":null}"#)
    requests[0].succeed(.emptyObject)
    XCTAssertEqual(
      try peer.receiveFramed(),
      #"[{"jsonrpc":"2.0","id":2,"result":null},{"jsonrpc":"2.0","id":3,"error":{"code":-32800,"message":"The request was cancelled"}},{"jsonrpc":"2.0","id":1,"result":{}}]"#
    )
  }

  func testADroppedRequestOfABatchIsAnsweredToo() throws {
    let answer = try ask(#"[{"jsonrpc":"2.0","id":1,"method":"a"}]"#, service: TestService { _, _ in })
    XCTAssertTrue(answer.hasPrefix(#"[{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"#), answer)
  }

  func testTooManyEntriesAreRefusedAsAWhole() throws {
    let service = TestService()
    let batch = "[" + Array(repeating: #"{"jsonrpc":"2.0","method":"a"}"#, count: 1025).joined(separator: ",") + "]"
    XCTAssertTrue(try ask(batch, service: service).contains("a batch of 1025 messages is over the limit of 1024"))
    XCTAssertEqual(service.notifications, [])
    // What would cost a hundred bytes of answer for two of question.
    let flood = "[" + Array(repeating: "1", count: 1_000_000).joined(separator: ",") + "]"
    XCTAssertLessThan(try ask(flood).utf8.count, 200)
  }

  func testTheAnswerOfABatchIsBounded() throws {
    var limits = Limits()
    limits.batchAnswerBytes = 1000
    let service = TestService { request, _ in request.succeed(JSONString.encode(String(repeating: "x", count: 600))) }
    let answer = try ask(
      #"[{"jsonrpc":"2.0","id":1,"method":"a"},{"jsonrpc":"2.0","id":2,"method":"a"}]"#, service: service,
      limits: limits)
    XCTAssertTrue(answer.hasPrefix(#"[{"jsonrpc":"2.0","id":1,"result":"xxx"#), answer)
    XCTAssertTrue(answer.contains(#"{"jsonrpc":"2.0","id":2,"error":{"code":-32603,"#), answer)
  }
}
