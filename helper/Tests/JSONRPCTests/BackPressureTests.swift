import Foundation
import HostSystem
import XCTest

@testable import JSONRPC

/// Peers that write faster than they read, or do not read at all.
final class BackPressureTests: XCTestCase {
  private let request = #"{"jsonrpc":"2.0","id":1,"method":"a"}"# + "\n"

  /// Writes until the other side has taken nothing for a while, or `limit` bytes are gone.
  private func flood(_ peer: TestPeer, limit: Int) -> Int {
    let block = Array(String(repeating: request, count: 1000).utf8)
    _ = Descriptors.makeNonBlocking(peer.output)
    var sent = 0
    while sent < limit, Descriptors.wait(for: peer.output, .writable, milliseconds: 500).ready {
      let start = sent % block.count
      guard
        case .bytes(let count) = block[start...].withUnsafeBytes({ Descriptors.write(peer.output, $0, isSocket: false) }
        )
      else { continue }
      sent += count
    }
    return sent
  }

  func testAPeerThatDoesNotReadIsNotReadEither() throws {
    for wiring in [TestPeer.Wiring.socket, .pipes] {
      let answered = Locked(0)
      let service = TestService { request, _ in
        answered.with { $0 += 1 }
        request.succeed(JSONString.encode(String(repeating: "x", count: 1000)))
      }
      let peer = try TestPeer(wiring, service: service)
      let sent = flood(peer, limit: 64 << 20)
      XCTAssertLessThan(sent, 8 << 20)
      let buffered = peer.connection.state.with { $0.outbox.buffered }
      XCTAssertLessThan(buffered, 2 << 20)

      // It reads after all: nothing has been lost.
      let whole = sent / request.utf8.count
      peer.closeOutput()
      let answers = try peer.receiveRest().split(separator: "\n")
      XCTAssertGreaterThanOrEqual(answers.count, whole)
      XCTAssertTrue(answers.prefix(whole).allSatisfy { $0.hasPrefix(#"{"jsonrpc":"2.0","id":1,"result":"xx"#) })
      XCTAssertEqual(answered.with { $0 }, whole)
    }
  }

  func testAPeerThatLeavesWithoutReadingIsLetGo() throws {
    for wiring in [TestPeer.Wiring.socket, .pipes] {
      let service = TestService { request, _ in
        request.succeed(JSONString.encode(String(repeating: "x", count: 1000)))
      }
      let peer = try TestPeer(wiring, service: service)
      _ = flood(peer, limit: 64 << 20)
      peer.close()
      XCTAssertNotNil(service.waitForEnd())
    }
  }

  func testRequestsInFlightAreBounded() throws {
    var limits = Limits()
    limits.requestsInFlight = 10
    let held = Locked<[PendingRequest]>([])
    let service = TestService { request, _ in held.with { $0.append(request) } }
    let peer = try TestPeer(service: service, limits: limits)
    try peer.send(String(repeating: request, count: 25))
    var seen = 0
    while seen < 25 {
      XCTAssertNotNil(held.wait(milliseconds: 100) { $0.count >= 10 ? true : nil } ?? true)
      let requests = held.with { requests in
        defer { requests = [] }
        return requests
      }
      XCTAssertLessThanOrEqual(requests.count, 10)
      seen += requests.count
      for request in requests {
        request.succeed(.null)
        XCTAssertEqual(try peer.receiveLine(), #"{"jsonrpc":"2.0","id":1,"result":null}"#)
      }
    }
  }

  func testAnswersThatWaitForTheirBatchesAreBounded() throws {
    var limits = Limits()
    limits.batchAnswerBytes = 100_000
    let held = Locked<[PendingRequest]>([])
    let arrivals = DispatchSemaphore(value: 0)
    let service = TestService { request, _ in
      if request.method == "hold" {
        held.with { $0.append(request) }
        arrivals.signal()
        return
      }
      request.succeed(JSONString.encode(String(repeating: "x", count: 30_000)))
    }
    let peer = try TestPeer(service: service, limits: limits)
    let entries = (1...3).map { #"{"jsonrpc":"2.0","id":\#($0),"method":"big"}"# }.joined(separator: ",")
    let batch = #"[\#(entries),{"jsonrpc":"2.0","id":0,"method":"hold"}]"#
    // Each leaves 90,000 bytes behind: after the second one no further message is read, until an answer completes one.
    for _ in 0..<6 { try peer.send(batch + "\n") }
    for _ in 0..<6 {
      XCTAssertEqual(arrivals.wait(timeout: .now() + TestPeer.patience), .success)
      XCTAssertLessThan(peer.connection.state.with { $0.bytesInBatches }, 200_000)
      held.with { $0.removeFirst() }.succeed(.null)
      let answer = try peer.receiveLine()
      XCTAssertTrue(answer.hasPrefix(#"[{"jsonrpc":"2.0","id":1,"result":"xx"#))
      XCTAssertTrue(answer.hasSuffix(#"{"jsonrpc":"2.0","id":0,"result":null}]"#))
    }
    XCTAssertEqual(peer.connection.state.with { $0.bytesInBatches }, 0)
  }

  func testNotificationsToAPeerThatDoesNotReadEndTheConnection() throws {
    var limits = Limits()
    limits.outputHardCap = 4 << 20
    for wiring in [TestPeer.Wiring.socket, .pipes] {
      let peer = try TestPeer(wiring, limits: limits)
      try peer.send(request)
      _ = try peer.receiveLine()
      let params = RawJSON(string: "[\"" + String(repeating: "x", count: 10_000) + "\"]")
      var sent = 0
      while peer.service.ends.isEmpty, sent < 1000 {
        peer.connection.notify(method: "event", params: params)
        sent += 1
      }
      guard case .peerNotReading(let bytes) = peer.service.waitForEnd() else { return XCTFail("\(peer.service.ends)") }
      XCTAssertGreaterThanOrEqual(bytes, 4 << 20)
      XCTAssertLessThan(bytes, 5 << 20)
      XCTAssertEqual(peer.connection.state.with { $0.outbox.buffered < 1 << 20 }, true)
    }
  }

  func testClosingDoesNotWaitForeverForAPeerThatDoesNotRead() throws {
    var limits = Limits()
    limits.lingerMilliseconds = 50
    for wiring in [TestPeer.Wiring.socket, .pipes] {
      let peer = try TestPeer(wiring, limits: limits)
      try peer.send(request)
      _ = try peer.receiveLine()
      peer.connection.notify(
        method: "event", params: RawJSON(string: "[\"" + String(repeating: "x", count: 2 << 20) + "\"]"))
      weak var connection = peer.connection
      peer.connection.close()
      XCTAssertEqual(peer.service.waitForEnd(), .closedLocally)
      let gone = connection?.state.wait(milliseconds: Int(TestPeer.patience * 1000)) { $0.output == nil ? true : nil }
      XCTAssertEqual(gone, true)
    }
  }
}
