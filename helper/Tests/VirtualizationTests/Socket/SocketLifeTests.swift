import Foundation
import XCTest

@testable import Virtualization

/// What happens to streams when the machine pauses, reboots or ends, and what is left afterwards.
final class SocketLifeTests: XCTestCase {
  func testConnectingNeedsADriverInTheGuest() throws {
    let fixture = try SocketFixture()
    XCTAssertEqual(fixture.connect(22).failureCode(), ENOTCONN, "not started")
    let driver = try FakeDriver(fixture.backend)
    XCTAssertEqual(fixture.connect(22).failureCode(), ENOTCONN, "no driver yet")
    try driver.start()
    let promise = fixture.connect(22)
    let request = try driver.receive(.request)
    try FakeStream(driver, guestPort: 22, hostPort: request.header.sourcePort).send(.reset)
    XCTAssertEqual(promise.failureCode(), ECONNRESET)
    fixture.backend.stop()
    XCTAssertEqual(fixture.connect(22).failureCode(), ENOTCONN, "stopped")
  }

  func testStreamsSurviveAPause() throws {
    for features in [[], VhostUserFeatures.eventIndex] {
      let fixture = try SocketFixture()
      let driver = try FakeDriver(fixture.backend, features: features)
      try driver.start()
      let (stream, connection) = try fixture.open(driver, guestPort: 5000)
      try stream.send(data: [1])
      XCTAssertEqual(readExactly(connection.fileDescriptor, 1), [1])
      let bases = try driver.pause()
      XCTAssertEqual(bases, [1, 2], "the buffers that were used")
      XCTAssertEqual(fixture.connect(22).failureCode(), ENOTCONN)
      writeAll(connection.fileDescriptor, [2, 3])
      try driver.resume(at: bases)
      XCTAssertEqual(try stream.receiveData(), [2, 3])
      try stream.send(data: [4])
      XCTAssertEqual(readExactly(connection.fileDescriptor, 1), [4])
    }
  }

  func testTheTimeOfAPauseDoesNotCountForAPendingConnect() throws {
    let fixture = try SocketFixture(patience: .init(connect: 2))
    let driver = try FakeDriver(fixture.backend)
    try driver.start()
    let promise = fixture.connect(22)
    let request = try driver.receive(.request)
    let bases = try driver.pause()
    Thread.sleep(forTimeInterval: 2.2)
    try driver.resume(at: bases)
    try FakeStream(driver, guestPort: 22, hostPort: request.header.sourcePort).send(.response)
    XCTAssertGreaterThanOrEqual(try promise.value().fileDescriptor, 0)
  }

  func testARebootOfTheGuestEndsItsStreams() throws {
    let fixture = try SocketFixture()
    let driver = try FakeDriver(fixture.backend)
    try driver.start()
    let (stream, connection) = try fixture.open(driver, guestPort: 5000)
    try stream.send(data: [1])
    let promise = fixture.connect(22)
    _ = try driver.receive(.request)
    try driver.restart()
    XCTAssertEqual(readToEnd(connection.fileDescriptor), [1])
    XCTAssertEqual(promise.failureCode(), ECONNRESET)
    XCTAssertEqual(try FakeStream(driver, guestPort: 5000, hostPort: 700).open().operation, .response)
  }

  func testStoppingEndsStreamsAndPendingConnects() throws {
    let fixture = try SocketFixture()
    let driver = try FakeDriver(fixture.backend)
    try driver.start()
    let (_, connection) = try fixture.open(driver, guestPort: 5000)
    let promise = fixture.connect(22)
    _ = try driver.receive(.request)
    fixture.backend.stop()
    fixture.backend.stop()
    XCTAssertEqual(promise.failureCode(), ECANCELED)
    XCTAssertEqual(readToEnd(connection.fileDescriptor), [])
  }

  func testTheEndOfQEMUEndsStreamsAfterTheirData() throws {
    let fixture = try SocketFixture()
    let (connection, data) = try {
      let driver = try FakeDriver(fixture.backend)
      try driver.start()
      let (stream, connection) = try fixture.open(driver, guestPort: 5000)
      // More than a socket holds: the rest waits in the backend.
      let data = pattern(250_000)
      for start in stride(from: 0, to: data.count, by: 50_000) {
        try stream.send(data: Array(data[start..<start + 50_000]))
      }
      driver.waitUntilTaken()
      return (connection, data)
    }()
    assertSame(readToEnd(connection.fileDescriptor), data)
    XCTAssertEqual(fixture.connect(22).failureCode(), ENOTCONN)
  }

  func testAResetOfTheGuestEndsStreamsBeforeItsDriverIsBack() throws {
    let fixture = try SocketFixture()
    let driver = try FakeDriver(fixture.backend)
    try driver.start()
    let (stream, connection) = try fixture.open(driver, guestPort: 5000)
    fixture.backend.guestDidReset()
    try stream.send(data: [1])
    XCTAssertEqual(readExactly(connection.fileDescriptor, 1), [1], "the driver runs, so this stream is newer")
    _ = try driver.pause()
    fixture.backend.guestDidReset()
    XCTAssertEqual(readToEnd(connection.fileDescriptor), [])
  }

  func testManyStreamsCarryTheirOwnData() throws {
    let fixture = try SocketFixture()
    let driver = try FakeDriver(fixture.backend)
    try driver.start(buffers: 8)
    let streams = try (0..<300).map { try fixture.open(driver, guestPort: UInt32(10_000 + $0)) }
    for (index, (stream, _)) in streams.enumerated() { try stream.send(data: bytes(UInt32(index))) }
    for (index, (_, connection)) in streams.enumerated() {
      XCTAssertEqual(readExactly(connection.fileDescriptor, 4), bytes(UInt32(index)))
      writeAll(connection.fileDescriptor, bytes(UInt32(index)))
    }
    for _ in streams {
      let packet = try driver.receive(.data)
      XCTAssertEqual(packet.payload, bytes(packet.header.destinationPort - 10_000))
    }
  }

  func testRefusesStreamsBeyondTheLimit() throws {
    let fixture = try SocketFixture()
    let driver = try FakeDriver(fixture.backend)
    try driver.start(buffers: 8)
    // Nobody decides, so all of them stay open questions.
    fixture.queue.suspend()
    defer { fixture.queue.resume() }
    for port in 0..<UInt32(VsockDevice.Limit.connections) {
      try FakeStream(driver, guestPort: port, hostPort: 1).send(.request)
    }
    XCTAssertEqual(try FakeStream(driver, guestPort: 100_000, hostPort: 1).open().operation, .reset)
    // Giving up does not free a place while the question is still in the queue, which must not grow for ever.
    try FakeStream(driver, guestPort: 0, hostPort: 1).send(.reset)
    XCTAssertEqual(try FakeStream(driver, guestPort: 100_001, hostPort: 1).open().operation, .reset)
  }

  func testNothingIsLeftOpen() throws {
    try useManyWays()
    let before = try openDescriptors()
    for _ in 0..<3 { try useManyWays() }
    try assertOpenDescriptors(atMost: before)
  }

  func testABackendThatNeverStartsLeavesNothingBehind() throws {
    let before = try openDescriptors()
    for _ in 0..<20 {
      let backend = try VhostUserVsockBackend(guestCID: 3, queue: .main)
      close(backend.descriptorForQEMU)
    }
    try assertOpenDescriptors(atMost: before)
  }

  private func useManyWays() throws {
    let fixture = try SocketFixture()
    let driver = try FakeDriver(fixture.backend)
    try driver.start()
    for port in 5000..<UInt32(5020) {
      let (stream, connection) = try fixture.open(driver, guestPort: port)
      if port % 3 == 0 { connection.close() }
      if port % 3 == 1 { try stream.send(.reset) }
    }
    _ = fixture.connect(22)
    while try XCTUnwrap(driver.receive()).header.operation != .request {}
    try driver.restart()
    fixture.backend.stop()
    fixture.queue.sync {}
  }

  private func openDescriptors() throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
  }

  /// What other threads of the process still let go of may take a moment.
  private func assertOpenDescriptors(atMost limit: Int) throws {
    for _ in 0..<100 {
      if try openDescriptors() <= limit { return }
      usleep(50_000)
    }
    XCTAssertLessThanOrEqual(try openDescriptors(), limit)
  }
}
