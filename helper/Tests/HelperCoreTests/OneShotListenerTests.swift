import Foundation
import HostSystem
import Platform
import XCTest

@testable import HelperCore

final class OneShotListenerTests: XCTestCase {
  private let queue = DispatchQueue(label: "vzkit.tests.one-shot")
  private var folder: TemporaryFolder!

  override func setUpWithError() throws { folder = try TemporaryFolder() }

  override func tearDown() { folder = nil }

  private func listener(
    patience: Double, onConnection: @escaping (Int32) -> Void, onExpiry: @escaping () -> Void
  ) throws -> OneShotListener {
    try queue.sync {
      try OneShotListener(
        path: "\(folder.path)/s", queue: queue, patience: patience, onConnection: onConnection, onExpiry: onExpiry)
    }
  }

  func testGivesUpWhenNobodyComes() throws {
    let expired = expectation(description: "expired")
    let listener = try listener(
      patience: 0.05, onConnection: { _ in XCTFail("nobody connected") }, onExpiry: { expired.fulfill() })
    wait(for: [expired], timeout: 60)
    XCTAssertEqual(folder.names, [])
    XCTAssertThrowsError(try UnixSocket.connect(to: listener.path))
    // It is called once only, also when the listener is cancelled afterwards.
    queue.sync { listener.cancel() }
  }

  func testServesOneWhoComesInTimeAndNoOther() throws {
    let connected = expectation(description: "connected")
    var accepted: Int32 = -1
    let listener = try listener(
      patience: 3600,
      onConnection: {
        accepted = $0
        connected.fulfill()
      }, onExpiry: { XCTFail("a client came in time") })
    let client = try TestStream(path: listener.path)
    wait(for: [connected], timeout: 60)
    let server = TestStream(accepted)
    try server.write(Data("hello\n".utf8))
    XCTAssertEqual(try client.read(until: "\n"), "hello\n")
    XCTAssertEqual(folder.names, [])
    XCTAssertThrowsError(try TestStream(path: listener.path))
  }

  func testCancelledItCallsNobody() throws {
    let listener = try listener(
      patience: 0.05, onConnection: { _ in XCTFail("cancelled") }, onExpiry: { XCTFail("cancelled") })
    queue.sync { listener.cancel() }
    let later = expectation(description: "later than the patience")
    queue.asyncAfter(deadline: .now() + 0.2) { later.fulfill() }
    wait(for: [later], timeout: 60)
    XCTAssertEqual(folder.names, [])
  }
}
