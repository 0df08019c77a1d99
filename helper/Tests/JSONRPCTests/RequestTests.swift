import HostSystem
import XCTest

@testable import JSONRPC

/// The life of one request: answer, cancellation, progress.
final class RequestTests: XCTestCase {
  /// A service that keeps its requests.
  private final class Shelf: Sendable {
    private let requests = Locked<[PendingRequest]>([])
    func put(_ request: PendingRequest) { requests.with { $0.append(request) } }
    func take() -> [PendingRequest] {
      requests.with { requests in
        defer { requests = [] }
        return requests
      }
    }
  }

  private func makePeer(_ shelf: Shelf, misuse: @escaping @Sendable (String) -> Void = { _ in }) throws -> TestPeer {
    let service = TestService { request, _ in
      if request.method == "hold" { shelf.put(request) } else { request.succeed(.null) }
    }
    return try TestPeer(service: service, misuse: misuse)
  }

  /// Once this is answered, everything sent before has been seen.
  private func sync(_ peer: TestPeer) throws {
    XCTAssertEqual(
      try peer.ask(#"{"jsonrpc":"2.0","id":"sync","method":"sync"}"#), #"{"jsonrpc":"2.0","id":"sync","result":null}"#)
  }

  func testASecondAnswerIsAFaultAndIsNotSent() throws {
    let misuse = Locked<[String]>([])
    let shelf = Shelf()
    let peer = try makePeer(shelf) { text in misuse.with { $0.append(text) } }
    try peer.sendFramed(#"{"jsonrpc":"2.0","id":1,"method":"hold"}"#)
    try sync(peer)
    let request = try XCTUnwrap(shelf.take().first)
    request.succeed(.emptyObject)
    request.succeed(.null)
    request.fail(.requestCancelled)
    XCTAssertEqual(try peer.receiveFramed(), #"{"jsonrpc":"2.0","id":1,"result":{}}"#)
    try sync(peer)
    XCTAssertEqual(misuse.with { $0 }, ["second answer to hold", "second answer to hold"])
    XCTAssertEqual(peer.service.logged.filter { $0.contains("a second answer to hold was ignored") }.count, 2)
  }

  func testADroppedRequestIsAnswered() throws {
    let shelf = Shelf()
    let peer = try makePeer(shelf)
    try peer.sendFramed(#"{"jsonrpc":"2.0","id":1,"method":"hold"}"#)
    try sync(peer)
    _ = shelf.take()
    XCTAssertEqual(
      try peer.receiveFramed(),
      #"{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"Internal error: the request hold was dropped without an answer"}}"#
    )
    XCTAssertTrue(peer.connection.drain(milliseconds: 5000))
  }

  func testARequestDroppedAtOnceIsAnswered() throws {
    let peer = try TestPeer(service: TestService { _, _ in })
    XCTAssertTrue(try peer.ask(#"{"jsonrpc":"2.0","id":1,"method":"a"}"#).contains("-32603"))
  }

  func testACancellationOvertakesAndTheAnswerStaysTheHandlers() throws {
    let shelf = Shelf()
    let peer = try makePeer(shelf)
    try peer.sendFramed(
      #"{"jsonrpc":"2.0","id":1,"method":"hold"}"#, #"{"jsonrpc":"2.0","id":"1","method":"hold"}"#)
    try sync(peer)
    let requests = shelf.take()
    requests[0].onCancel { requests[0].fail(.requestCancelled) }
    requests[1].onCancel { XCTFail("1 is not \"1\"") }
    try peer.sendFramed(#"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}"#)
    XCTAssertEqual(
      try peer.receiveFramed(),
      #"{"jsonrpc":"2.0","id":1,"error":{"code":-32800,"message":"The request was cancelled"}}"#)
    XCTAssertTrue(requests[0].isCancelled)
    XCTAssertFalse(requests[1].isCancelled)
    requests[1].succeed(.null)
  }

  func testACancellationMaySpellTheIdDifferently() throws {
    for (id, spelling) in [("10", "1e1"), ("1.50", "1.5"), (#""a/b""#, #""\u0061\/b""#)] {
      let shelf = Shelf()
      let peer = try makePeer(shelf)
      try peer.sendFramed(#"{"jsonrpc":"2.0","id":\#(id),"method":"hold"}"#)
      try sync(peer)
      let requests = shelf.take()
      requests[0].onCancel { requests[0].fail(.requestCancelled) }
      try peer.sendFramed(#"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":\#(spelling)}}"#)
      XCTAssertEqual(
        try peer.receiveFramed(),
        #"{"jsonrpc":"2.0","id":\#(id),"error":{"code":-32800,"message":"The request was cancelled"}}"#)
    }
  }

  func testIdsAreEqualByMeaning() {
    for same in [
      ["0", "-0", "0.0", "0e5", "-0.00E-99999999999999999999999"], ["1", "1.0", "1e0", "10e-1", "0.1E+1"],
      ["-1", "-1.0"], ["1000", "1e3"], ["1.5", "15e-1", "1.50"],
      ["123456789012345678901234567890", "12345678901234567890123456789e1"],
      [#""a""#, #""\u0061""#], [#""😀""#, #""\ud83d\ude00""#], ["null"], [#""null""#], [#""1""#], [#""\"""#], [#""""#],
      ["1e400"],
      ["1e-9223372036854775808"], ["1e9223372036854775807"], ["1e-99999999999999999999"],
    ] {
      XCTAssertEqual(Set(same.map(RequestID.key)).count, 1, "\(same)")
    }
    let different = [
      "0", "1", "-1", "10", "1.5", "-1.5", "12345678901234567890123456789", "123456789012345678901234567890", #""""#,
      #""1""#, #""a""#, #""A""#, "null", #""null""#, #""1.5""#, "1e400", "1e401", "-1e400", "1e-9223372036854775808",
      "0.1", "0.01",
    ]
    XCTAssertEqual(Set(different.map(RequestID.key)).count, different.count)
  }

  func testOnCancelRunsOnceAndNeverAfterTheAnswer() throws {
    let shelf = Shelf()
    let peer = try makePeer(shelf)
    try peer.sendFramed(#"{"jsonrpc":"2.0","id":1,"method":"hold"}"#, #"{"jsonrpc":"2.0","id":2,"method":"hold"}"#)
    try sync(peer)
    let requests = shelf.take()
    let runs = Locked(0)
    requests[0].onCancel { runs.with { $0 += 1 } }
    requests[1].onCancel { XCTFail("answered before") }
    requests[1].succeed(.null)
    _ = try peer.receiveFramed()
    let cancel = { (id: Int) in #"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":\#(id)}}"# }
    try peer.sendFramed(cancel(1), cancel(1), cancel(2), cancel(77))
    try sync(peer)
    XCTAssertEqual(runs.with { $0 }, 1)
    requests[0].onCancel { runs.with { $0 += 10 } }  // it is cancelled already: at once
    XCTAssertEqual(runs.with { $0 }, 11)
    requests[0].fail(.requestCancelled)
    requests[0].onCancel { XCTFail("answered before") }
  }

  func testSenselessCancellationsAreIgnored() throws {
    let peer = try TestPeer()
    for params in ["", #","params":{}"#, #","params":[1]"#, #","params":{"id":{}}"#, #","params":{"id":null}"#] {
      try peer.sendFramed(#"{"jsonrpc":"2.0","method":"$/cancelRequest"\#(params)}"#)
    }
    try sync(peer)
  }

  func testProgressGoesToWhoAskedForItUntilTheAnswer() throws {
    for token in ["7", #""a\u0041""#, "-12"] {
      let service = TestService { request, _ in
        request.reportProgress(RawJSON(string: #"{"fraction":0.5}"#))
        request.succeed(.null)
        request.reportProgress(.emptyObject)
      }
      let peer = try TestPeer(service: service)
      try peer.sendFramed(
        #"{"jsonrpc":"2.0","id":1,"method":"a","params":{"x":{"progressToken":0},"progressToken":\#(token)}}"#)
      XCTAssertEqual(
        try peer.receiveFramed(),
        #"{"jsonrpc":"2.0","method":"$/progress","params":{"token":\#(token),"value":{"fraction":0.5}}}"#)
      XCTAssertEqual(try peer.receiveFramed(), #"{"jsonrpc":"2.0","id":1,"result":null}"#)
      for none in ["", #","params":[]"#, #","params":{"progressToken":null}"#, #","params":{"progressToken":1.5}"#] {
        XCTAssertEqual(
          try peer.ask(#"{"jsonrpc":"2.0","id":2,"method":"a"\#(none)}"#), #"{"jsonrpc":"2.0","id":2,"result":null}"#)
      }
    }
  }
}
