import Foundation
import XCTest

@testable import Virtualization

/// Flow control: neither side ever gets more than it said that it has room for.
final class SocketCreditTests: XCTestCase {
  func testSendsNoMoreThanTheGuestHasRoomForAndAsksForMore() throws {
    let fixture = try SocketFixture()
    let driver = try FakeDriver(fixture.backend)
    try driver.start()
    let (stream, connection) = try fixture.open(driver, guestPort: 5000, bufferAllocation: 10_000)
    let data = pattern(25_000)
    writeAll(connection.fileDescriptor, data)
    var received: [UInt8] = []
    while received.count < data.count {
      let packet = try XCTUnwrap(driver.receive())
      received += packet.payload
      if packet.header.operation == .creditRequest {
        XCTAssertEqual(received.count % 10_000, 0, "asks only when there is no room left")
        var update = stream.header(.creditUpdate)
        update.forwardedCount = UInt32(received.count)
        try driver.send(update)
      }
    }
    assertSame(received, data)
  }

  func testAWindowThatShrinksOrLiesSendsNothing() throws {
    let fixture = try SocketFixture()
    let driver = try FakeDriver(fixture.backend)
    try driver.start()
    let (stream, connection) = try fixture.open(driver, guestPort: 5000, bufferAllocation: 100)
    writeAll(connection.fileDescriptor, pattern(300))
    XCTAssertEqual(try stream.receiveData(isRead: false).count, 100)
    var lie = stream.header(.creditUpdate)
    lie.forwardedCount = 4_000_000_000  // More than was ever sent.
    try driver.send(lie)
    lie.forwardedCount = 0
    lie.bufferAllocation = 0
    try driver.send(lie)
    driver.waitUntilTaken()
    while let packet = driver.receive(seconds: 1) { XCTAssertEqual(packet.header.operation, .creditRequest) }
    var honest = stream.header(.creditUpdate)
    honest.forwardedCount = 100
    honest.bufferAllocation = 200
    try driver.send(honest)
    XCTAssertEqual(try stream.receiveData().count, 200)
  }

  func testASlowProgramStopsTheGuestAndLosesNothing() throws {
    let fixture = try SocketFixture()
    let driver = try FakeDriver(fixture.backend)
    try driver.start()
    let (stream, connection) = try fixture.open(driver, guestPort: 5000)
    let guest = CreditSender(stream)
    let data = pattern(3 << 20)
    try guest.push(data)
    XCTAssertLessThan(guest.sent, 1 << 20, "nobody reads, so the guest had to stop")
    var received: [UInt8] = []
    while received.count < data.count {
      // Either the program can read on, or the guest hears of new room.
      var waits = [connection.fileDescriptor, driver.receiveRing.call].map {
        pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
      }
      driver.receiveRing.armEventIndex()
      XCTAssertGreaterThan(poll(&waits, 2, patience * 1000), 0, "both sides stand still")
      if waits[0].revents != 0 { received += try XCTUnwrap(readSome(connection.fileDescriptor, 100_000)) }
      try guest.push(data)
    }
    assertSame(received, data)
  }

  func testAGuestThatSendsMoreThanAllowedIsReset() throws {
    let fixture = try SocketFixture()
    let driver = try FakeDriver(fixture.backend)
    try driver.start()
    let (stream, connection) = try fixture.open(driver, guestPort: 5000)
    let data = pattern(60_000)
    for _ in 0..<20 { try stream.send(data: data) }
    _ = try driver.receive(.reset)
    driver.waitUntilTaken()
    let received = try XCTUnwrap(readToEnd(connection.fileDescriptor))
    XCTAssertLessThan(received.count, 20 * 60_000)
    XCTAssertEqual(received.count % 60_000, 0)
  }

  func testAnswersWhenAskedForCredit() throws {
    let fixture = try SocketFixture()
    let driver = try FakeDriver(fixture.backend)
    try driver.start()
    let (stream, connection) = try fixture.open(driver, guestPort: 5000)
    try stream.send(data: pattern(1000))
    XCTAssertNotNil(readExactly(connection.fileDescriptor, 1000))
    try stream.send(.creditRequest)
    let answer = try driver.receive(.creditUpdate)
    XCTAssertEqual(answer.header.forwardedCount, 1000)
    XCTAssertEqual(answer.header.bufferAllocation, 256 * 1024)
  }
}

/// Sends as a guest that keeps to the rules: never more than the host said that it has room for.
final class CreditSender {
  private let stream: FakeStream
  private(set) var sent = 0
  private var forwarded: UInt32 = 0
  private let allocation = 256 * 1024

  init(_ stream: FakeStream) {
    self.stream = stream
  }

  /// Sends what is allowed of the part of `data` that was not sent yet.
  func push(_ data: [UInt8]) throws {
    while true {
      let room = min(allocation - (sent - Int(forwarded)), 60_000, data.count - sent)
      if room > 0 {
        try stream.send(data: Array(data[sent..<sent + room]))
        sent += room
      } else {
        stream.driver.waitUntilTaken()
        guard sent < data.count, let packet = stream.driver.receive(seconds: 0) else { return }
        forwarded = packet.header.forwardedCount
      }
    }
  }
}
