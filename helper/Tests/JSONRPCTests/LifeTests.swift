import Foundation
import HostSystem
import XCTest

@testable import JSONRPC

/// How connections end, and what they leave behind.
final class LifeTests: XCTestCase {
  private let request = #"{"jsonrpc":"2.0","id":1,"method":"a"}"#

  /// Holds requests until `release`.
  private final class Gate: Sendable {
    private let requests = Locked<[PendingRequest]>([])
    private let arrived = DispatchSemaphore(value: 0)

    var service: TestService {
      TestService { request, _ in
        self.requests.with { $0.append(request) }
        self.arrived.signal()
      }
    }

    func waitForRequest() -> PendingRequest? {
      guard arrived.wait(timeout: .now() + TestPeer.patience) == .success else { return nil }
      return requests.with { $0.popLast() }
    }
  }

  func testRequestsInFlightAreAnsweredAfterTheEndOfInput() throws {
    for wiring in [TestPeer.Wiring.socket, .pipes] {
      let gate = Gate()
      let peer = try TestPeer(wiring, service: gate.service)
      try peer.sendFramed(request)
      peer.closeOutput()
      let held = try XCTUnwrap(gate.waitForRequest())
      XCTAssertEqual(peer.service.waitForEnd(), .endOfInput)
      XCTAssertFalse(held.isCancelled)
      XCTAssertFalse(peer.connection.drain(milliseconds: 0))
      held.succeed(.emptyObject)
      XCTAssertEqual(try peer.receiveRest(), TestPeer.framed(#"{"jsonrpc":"2.0","id":1,"result":{}}"#))
      XCTAssertEqual(peer.service.ends, [.endOfInput])
    }
  }

  func testAPeerThatIsGoneCancelsItsRequests() throws {
    for wiring in [TestPeer.Wiring.socket, .pipes] {
      let gate = Gate()
      let peer = try TestPeer(wiring, service: gate.service)
      try peer.sendFramed(request)
      let held = try XCTUnwrap(gate.waitForRequest())
      let cancelled = DispatchSemaphore(value: 0)
      held.onCancel { cancelled.signal() }
      peer.close()
      XCTAssertEqual(cancelled.wait(timeout: .now() + TestPeer.patience), .success)
      XCTAssertTrue(held.isCancelled)
      held.succeed(.null)  // to nobody: no signal, no fault
      XCTAssertEqual(peer.service.waitForEnd(), .endOfInput)
    }
  }

  func testAWriteToAPeerThatHasLeftKillsNobody() throws {
    for wiring in [TestPeer.Wiring.socket, .pipes] {
      let gate = Gate()
      let peer = try TestPeer(wiring, service: gate.service)
      try peer.sendFramed(request, request)
      let held = try XCTUnwrap(gate.waitForRequest())
      peer.close()
      held.succeed(.null)
      peer.connection.notify(method: "a", params: .emptyObject)
      XCTAssertNotNil(peer.service.waitForEnd())
      peer.connection.notify(method: "a", params: .emptyObject)
    }
  }

  func testClosingSendsWhatIsAnsweredAndCancelsTheRest() throws {
    for wiring in [TestPeer.Wiring.socket, .pipes] {
      let gate = Gate()
      let peer = try TestPeer(wiring, service: gate.service)
      try peer.sendFramed(request)
      let held = try XCTUnwrap(gate.waitForRequest())
      let cancelled = DispatchSemaphore(value: 0)
      held.onCancel { cancelled.signal() }
      peer.connection.notify(method: "bye", params: .emptyObject)
      peer.connection.close()
      peer.connection.close()
      XCTAssertEqual(try peer.receiveRest(), TestPeer.framed(#"{"jsonrpc":"2.0","method":"bye","params":{}}"#))
      XCTAssertEqual(peer.service.waitForEnd(), .closedLocally)
      XCTAssertEqual(cancelled.wait(timeout: .now() + TestPeer.patience), .success)
      held.fail(.requestCancelled)
      XCTAssertEqual(peer.service.ends, [.closedLocally])
    }
  }

  func testAHandlerMayCloseTheConnection() throws {
    let service = TestService { request, _ in
      request.succeed(.emptyObject)
      request.connection.close()
    }
    let peer = try TestPeer(service: service)
    try peer.sendFramed(request, request)
    XCTAssertEqual(try peer.receiveFramed(), #"{"jsonrpc":"2.0","id":1,"result":{}}"#)
    XCTAssertEqual(service.waitForEnd(), .closedLocally)
  }

  func testAConnectionThatNeverStartedGivesItsDescriptorsBack() throws {
    let pair = try UnixSocket.makePair()
    let service = TestService()
    let connection = Connection(input: pair.0, output: pair.0, service: service)
    connection.close()
    connection.start()
    var byte: UInt8 = 0
    guard case .bytes(0) = withUnsafeMutableBytes(of: &byte, { Descriptors.read(pair.1, into: $0) }) else {
      return XCTFail("the peer sees no end")
    }
    Descriptors.close(pair.1)
    XCTAssertEqual(service.ends, [])
  }

  func testBadDescriptorsEndTheConnectionWithAReason() throws {
    let service = TestService()
    let connection = Connection(input: -1, output: -1, service: service)
    connection.start()
    guard case .inputFailed = service.waitForEnd() else { return XCTFail("\(service.ends)") }
  }

  func testAnOutputPipeGetsItsFlagsBack() throws {
    var ends: [Int32] = [-1, -1]
    XCTAssertEqual(pipe(&ends), 0)
    let copy = dup(ends[1])  // the flags belong to the open pipe, not to the number
    defer { for descriptor in [ends[0], copy] { Descriptors.close(descriptor) } }
    let pair = try UnixSocket.makePair()
    defer { Descriptors.close(pair.1) }
    let connection = Connection(input: pair.0, output: ends[1], service: TestService())
    XCTAssertNotEqual(fcntl(copy, F_GETFL) & O_NONBLOCK, 0)
    connection.close()
    XCTAssertEqual(fcntl(copy, F_GETFL) & O_NONBLOCK, 0)
  }

  func testASocketDoesNotBlockWhileItIsAConnections() throws {
    let pair = try UnixSocket.makePair()
    let copy = dup(pair.0)
    defer { for descriptor in [pair.1, copy] { Descriptors.close(descriptor) } }
    let connection = Connection(input: pair.0, output: pair.0, service: TestService())
    XCTAssertNotEqual(fcntl(copy, F_GETFL) & O_NONBLOCK, 0)
    connection.close()
    XCTAssertEqual(fcntl(copy, F_GETFL) & O_NONBLOCK, 0)
  }

  func testConnectionsLeaveNoDescriptorsAndNoObjectsBehind() throws {
    func openDescriptors() -> Int { (0..<1024).count { fcntl(Int32($0), F_GETFD) >= 0 } }
    let before = openDescriptors()
    weak var connection: Connection?
    weak var service: TestService?
    for wiring in [TestPeer.Wiring.socket, .pipes] {
      for _ in 0..<50 {
        let peer = try TestPeer(wiring)
        (connection, service) = (peer.connection, peer.service)
        _ = try peer.ask(request)
        peer.closeOutput()
        XCTAssertEqual(try peer.receiveRest(), "")
      }
    }
    // The peer sees the end just before the thread that caused it is through.
    let deadline = Date() + TestPeer.patience
    while openDescriptors() > before || connection != nil || service != nil, Date() < deadline { usleep(10_000) }
    XCTAssertLessThanOrEqual(openDescriptors(), before)
    XCTAssertNil(connection)
    XCTAssertNil(service)
  }
}
