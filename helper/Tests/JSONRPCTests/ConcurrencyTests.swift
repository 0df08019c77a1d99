import Foundation
import HostSystem
import XCTest

@testable import JSONRPC

final class ConcurrencyTests: XCTestCase {
  func testAnswersFromManyThreadsNeverMix() throws {
    let queue = DispatchQueue(label: "answers", attributes: .concurrent)
    let service = TestService { request, params in
      queue.async {
        request.reportProgress(.emptyObject)
        request.connection.notify(method: "event", params: .emptyObject)
        request.succeed(params ?? .null)
      }
    }
    let peer = try TestPeer(service: service)
    let count = 5000
    let text = (0..<count).map { number in
      TestPeer.framed(#"{"jsonrpc":"2.0","id":\#(number),"method":"a","params":{"progressToken":\#(number)}}"#)
    }
    DispatchQueue.global().async { [text = text.joined(), output = peer.output] in
      // Written from another thread: both directions are full at times.
      try? TestPeer.send(Array(text.utf8), to: output, isSocket: true)
    }
    var answered = Set<Int>()
    var progressed = Set<Int>()
    var events = 0
    while answered.count < count || events < count {
      let message = try JSONSerialization.jsonObject(with: Data(try peer.receiveFramed().utf8)) as? [String: Any] ?? [:]
      if let id = message["id"] as? Int {
        XCTAssertTrue(answered.insert(id).inserted)
        XCTAssertTrue(progressed.contains(id), "progress must come before the answer")
      } else if message["method"] as? String == "event" {
        events += 1
      } else if let token = (message["params"] as? [String: Any])?["token"] as? Int {
        progressed.insert(token)
      }
    }
    XCTAssertEqual(progressed.count, count)
    XCTAssertTrue(peer.connection.drain(milliseconds: Int(TestPeer.patience * 1000)))
  }

  func testAnswersThatAreDueTogetherAreWrittenTogether() throws {
    let peer = try TestPeer()
    let request = #"{"jsonrpc":"2.0","id":1,"method":"a"}"#
    _ = try peer.ask(request)
    // Everything arrives in one read and is answered at once: one read brings all the answers.
    try peer.send(String(repeating: TestPeer.framed(request), count: 300))
    XCTAssertTrue(Descriptors.wait(for: peer.input, .readable, milliseconds: Int32(TestPeer.patience * 1000)).ready)
    var block = [UInt8](repeating: 0, count: 64 << 10)
    let result = block.withUnsafeMutableBytes { Descriptors.read(peer.input, into: $0) }
    guard case .bytes(let count) = result else { return XCTFail("\(result)") }
    XCTAssertEqual(count, 300 * TestPeer.framed(#"{"jsonrpc":"2.0","id":1,"result":null}"#).utf8.count)
  }

  func testCancellationsRaceAnswersHarmlessly() throws {
    let queue = DispatchQueue(label: "answers", attributes: .concurrent)
    let service = TestService { request, _ in
      request.onCancel { _ = request.isCancelled }
      queue.async { request.succeed(.null) }
    }
    let peer = try TestPeer(service: service)
    for round in 0..<2000 {
      try peer.sendFramed(
        #"{"jsonrpc":"2.0","id":\#(round),"method":"a"}"#,
        #"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":\#(round)}}"#)
      XCTAssertEqual(try peer.receiveFramed(), #"{"jsonrpc":"2.0","id":\#(round),"result":null}"#)
    }
  }

  func testManyConnectionsEndAtOnce() throws {
    DispatchQueue.concurrentPerform(iterations: 100) { number in
      do {
        let peer = try TestPeer(number % 2 == 0 ? .socket : .pipes)
        _ = try peer.ask(#"{"jsonrpc":"2.0","id":1,"method":"a"}"#)
        if number % 3 == 0 { peer.connection.close() } else { peer.close() }
        XCTAssertNotNil(peer.service.waitForEnd())
      } catch {
        XCTFail("\(error)")
      }
    }
  }
}
