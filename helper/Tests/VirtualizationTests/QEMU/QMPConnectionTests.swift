import HostSystem
import XCTest

@testable import Virtualization

/// The monitor's client against another end that misbehaves.
final class QMPConnectionTests: XCTestCase {
  private var peer: Int32 = -1
  private var connection: QMPConnection!

  override func setUpWithError() throws {
    let (ours, theirs) = try UnixSocket.makePair()
    peer = theirs
    connection = try QMPConnection(socket: ours)
  }

  override func tearDown() {
    connection.close(reason: "the test is over")
    if peer >= 0 { close(peer) }
  }

  private func send(_ text: String) {
    let bytes = Array(text.utf8)
    XCTAssertEqual(write(peer, bytes, bytes.count), bytes.count)
  }

  /// Issues a command and returns its outcome once it is there.
  private func outcome(of command: String, after act: () -> Void) throws -> Result<QMPValue, QMPError> {
    var result: Result<QMPValue, QMPError>?
    let done = DispatchSemaphore(value: 0)
    connection.execute(command) {
      result = $0
      done.signal()
    }
    act()
    guard done.wait(timeout: .now() + 30) == .success else { throw POSIXError(.ETIMEDOUT) }
    return try XCTUnwrap(result)
  }

  func testAnswersFindTheirCommandsInPieces() throws {
    send("{\"QMP\": {\"version\": {}}}\r\n")
    let result = try outcome(of: "first") {
      send("{\"event\": \"STOP\"}\r\n\r\n{\"retu")
      usleep(20_000)
      send("rn\": {\"x\": 1}, \"id\": 1}\r\n{\"return\": {}, \"id\": 99}\r\n")
    }
    XCTAssertEqual(try result.get()["x"], 1)
  }

  func testErrorsCarryQEMUsWords() throws {
    let result = try outcome(of: "second") {
      send("{\"error\": {\"class\": \"GenericError\", \"desc\": \"no such thing\"}, \"id\": 1}\n")
    }
    guard case .failure(.refused(command: "second", description: "no such thing")) = result else {
      return XCTFail("\(result)")
    }
  }

  func testClosedMonitorFailsWhatIsPendingAndWhatComes() throws {
    let result = try outcome(of: "third") {
      close(peer)
      peer = -1
    }
    guard case .failure(.closed) = result else { return XCTFail("\(result)") }
    guard case .failure(.closed) = try outcome(of: "fourth", after: {}) else { return XCTFail("still open") }
  }

  func testGarbageClosesTheMonitor() throws {
    let result = try outcome(of: "fifth") { send("this is not JSON\n") }
    guard case .failure(.closed) = result else { return XCTFail("\(result)") }
  }

  func testEndlessMessageClosesTheMonitor() throws {
    let peer = peer
    DispatchQueue.global().async {
      let chunk = [UInt8](repeating: UInt8(ascii: "["), count: 1 << 20)
      for _ in 0..<32 where Glibc.send(peer, chunk, chunk.count, Int32(MSG_NOSIGNAL)) < 0 { return }
    }
    let result = try outcome(of: "sixth") {}
    guard case .failure(.closed) = result else { return XCTFail("\(result)") }
  }

  func testPeerThatDoesNotReadFailsInsteadOfBlocking() throws {
    var failed = false
    let argument = String(repeating: "x", count: 64 << 10)
    for _ in 0..<200 where !failed {
      connection.execute("seventh", ["data": .string(argument)]) { if case .failure(.closed) = $0 { failed = true } }
    }
    XCTAssertTrue(failed)
  }
}
