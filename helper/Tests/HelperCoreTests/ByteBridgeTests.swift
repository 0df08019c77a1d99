import Foundation
import HostSystem
import Platform
import XCTest

@testable import HelperCore

final class ByteBridgeTests: XCTestCase {
  private let queue = DispatchQueue(label: "bridge")
  private var ended: XCTestExpectation!
  private var bridge: ByteBridge!

  private func makeBridge() throws -> (TestStream, TestStream) {
    Signals.ignoreSelfInflicted()
    let (one, near) = try UnixSocket.makePair()
    let (far, other) = try UnixSocket.makePair()
    let ended = expectation(description: "the bridge ended")
    self.ended = ended
    queue.sync { bridge = ByteBridge(near, far, queue: queue) { ended.fulfill() } }
    return (TestStream(one), TestStream(other))
  }

  func testCarriesALotBothWaysAtOnce() throws {
    let (one, other) = try makeBridge()
    let size = 16 << 20
    let (there, back) = (Data(repeating: 1, count: size), Data(repeating: 2, count: size))
    for (stream, data) in [(one, there), (other, back)] {
      Thread.detachNewThread {
        try? stream.write(data)
        stream.endOutput()
      }
    }
    let received = expectation(description: "there")
    Thread.detachNewThread {
      XCTAssertTrue((try? other.readToEnd()) == there)
      received.fulfill()
    }
    XCTAssertTrue(try one.readToEnd() == back)
    wait(for: [received, ended], timeout: 60)
  }

  func testOneWayGoesOnAfterTheEndOfTheOther() throws {
    let (one, other) = try makeBridge()
    try one.write(Data("question".utf8))
    one.endOutput()
    XCTAssertEqual(try other.readToEnd(), Data("question".utf8))
    try other.write(Data("answer".utf8))
    XCTAssertEqual(try one.read(exactly: 6), Data("answer".utf8))
    other.endOutput()
    XCTAssertEqual(try one.read(), Data())
    wait(for: [ended], timeout: 30)
  }

  func testHoldsBackWhatTheOtherSideDoesNotRead() throws {
    let (one, other) = try makeBridge()
    let data = Data(repeating: 7, count: 4 << 20)
    let written = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      try? one.write(data)
      written.signal()
    }
    XCTAssertEqual(written.wait(timeout: .now() + 0.3), .timedOut)
    XCTAssertTrue(try other.read(exactly: data.count) == data)
    XCTAssertEqual(written.wait(timeout: .now() + 30), .success)
    queue.sync { bridge.close() }
    wait(for: [ended], timeout: 30)
    XCTAssertEqual(try other.read(), Data())
  }

  func testEndsWhenASideIsGone() throws {
    var (one, other): (TestStream?, TestStream?) = try makeBridge()
    try other?.write(Data("unread".utf8))
    one = nil
    // Nobody takes it any more; the bridge finds out and lets go of the other side.
    try? other?.write(Data(repeating: 0, count: 1 << 20))
    XCTAssertNil(one)
    other?.endOutput()
    wait(for: [ended], timeout: 30)
    other = nil
  }
}
