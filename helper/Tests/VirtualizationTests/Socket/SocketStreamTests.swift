import Foundation
import XCTest

@testable import Virtualization

/// Streams between a program and a (played) guest: opening, data, closing.
final class SocketStreamTests: XCTestCase {
  func testDataGoesBothWaysOnAConnectionOfTheGuest() throws {
    let fixture = try SocketFixture()
    let driver = try FakeDriver(fixture.backend)
    try driver.start()
    let (stream, connection) = try fixture.open(driver, guestPort: 5000)
    XCTAssertEqual(connection.sourcePort, 5000)
    XCTAssertEqual(connection.destinationPort, 700)

    try stream.send(data: Array("from the guest".utf8))
    XCTAssertEqual(readExactly(connection.fileDescriptor, 14), Array("from the guest".utf8))
    writeAll(connection.fileDescriptor, Array("from the host".utf8))
    XCTAssertEqual(try stream.receiveData(), Array("from the host".utf8))
  }

  func testDataGoesBothWaysOnAConnectionOfTheHost() throws {
    let fixture = try SocketFixture()
    let driver = try FakeDriver(fixture.backend)
    try driver.start()
    let promise = fixture.connect(22)
    let request = try driver.receive(.request)
    XCTAssertEqual(request.header.destinationPort, 22)
    let stream = FakeStream(driver, guestPort: 22, hostPort: request.header.sourcePort)
    try stream.send(.response)
    let connection = try promise.value()
    XCTAssertEqual(connection.destinationPort, 22)
    XCTAssertEqual(connection.sourcePort, request.header.sourcePort)

    writeAll(connection.fileDescriptor, Array("ping".utf8))
    XCTAssertEqual(try stream.receiveData(), Array("ping".utf8))
    try stream.send(data: Array("pong".utf8))
    XCTAssertEqual(readExactly(connection.fileDescriptor, 4), Array("pong".utf8))
  }

  func testTheAsyncConnectGivesAConnection() async throws {
    let fixture = try SocketFixture()
    let driver = try FakeDriver(fixture.backend)
    try driver.start()
    async let connecting = fixture.device.connect(toPort: 22)
    let request = try driver.receive(.request)
    try FakeStream(driver, guestPort: 22, hostPort: request.header.sourcePort).send(.response)
    let connection = try await connecting
    XCTAssertGreaterThanOrEqual(connection.fileDescriptor, 0)
  }

  func testRefusesWhereNobodyListens() throws {
    let fixture = try SocketFixture()
    let driver = try FakeDriver(fixture.backend)
    try driver.start()
    XCTAssertEqual(try FakeStream(driver, guestPort: 5000, hostPort: 1).open().operation, .reset)
    fixture.listen(1, accepting: false)
    XCTAssertEqual(try FakeStream(driver, guestPort: 5001, hostPort: 1).open().operation, .reset)
    fixture.listen(1)
    XCTAssertEqual(try FakeStream(driver, guestPort: 5002, hostPort: 1).open().operation, .response)
    fixture.queue.sync { fixture.device.removeSocketListener(forPort: 1) }
    XCTAssertEqual(try FakeStream(driver, guestPort: 5003, hostPort: 1).open().operation, .reset)
  }

  func testAListenerWithoutAWillingDelegateRefuses() throws {
    final class Silent: NSObject, VZVirtioSocketListenerDelegate {}
    let fixture = try SocketFixture()
    let driver = try FakeDriver(fixture.backend)
    try driver.start()
    let (listener, delegate) = (VZVirtioSocketListener(), Silent())
    fixture.queue.sync { fixture.device.setSocketListener(listener, forPort: 1) }
    XCTAssertEqual(try FakeStream(driver, guestPort: 5000, hostPort: 1).open().operation, .reset)
    listener.delegate = delegate
    XCTAssertEqual(try FakeStream(driver, guestPort: 5001, hostPort: 1).open().operation, .reset)
  }

  func testDataFitsIntoSmallAndOddBuffers() throws {
    for pieces in [[44, 100], [45], [10, 34, 7], [20, 24, 1, 500], [4096]] {
      let fixture = try SocketFixture()
      let driver = try FakeDriver(fixture.backend)
      driver.receivePieces = pieces
      try driver.start(buffers: 7)
      let (stream, connection) = try fixture.open(driver, guestPort: 5000)
      let data = pattern(3000)
      writeAll(connection.fileDescriptor, data)
      var received: [UInt8] = []
      while received.count < data.count { received += try stream.receiveData() }
      assertSame(received, data, "buffers of \(pieces)")
    }
  }

  func testPacketsMayBeCutAnywhere() throws {
    for (features, isIndirect) in [
      ([], false), (VhostUserFeatures.eventIndex, false), ([.eventIndex, .indirectDescriptors], true),
    ] as [(VhostUserFeatures, Bool)] {
      let fixture = try SocketFixture()
      let driver = try FakeDriver(fixture.backend, features: features)
      driver.sendsIndirect = isIndirect
      try driver.start()
      let (stream, connection) = try fixture.open(driver, guestPort: 5000)
      let data = pattern(1000)
      for pieces in [[1044], [1, 43, 1000], [43, 2, 999], [44, 500, 500], [100, 0, 944]] {
        try stream.send(data: data, pieces: pieces)
        assertSame(readExactly(connection.fileDescriptor, 1000), data, "pieces of \(pieces)")
      }
    }
  }

  func testBuffersMayCrossFromOneMemoryRangeIntoTheNext() throws {
    let fixture = try SocketFixture()
    // The first buffer of the transmit queue lies across the border.
    let driver = try FakeDriver(fixture.backend, split: 0x100000 + FakeRing.slots * FakeRing.slotSize + 0x1000)
    try driver.start()
    let (stream, connection) = try fixture.open(driver, guestPort: 5000)
    for seed in 0..<UInt64(FakeRing.slots) {
      let data = pattern(0x2000, seed: seed)
      try stream.send(data: data)
      assertSame(readExactly(connection.fileDescriptor, data.count), data)
    }
  }

  func testTheGuestMayCloseOneDirection() throws {
    let fixture = try SocketFixture()
    let driver = try FakeDriver(fixture.backend)
    try driver.start()
    let (stream, connection) = try fixture.open(driver, guestPort: 5000)
    try stream.send(data: [1, 2, 3])
    try stream.send(.shutdown, flags: .send)
    XCTAssertEqual(readToEnd(connection.fileDescriptor), [1, 2, 3])
    writeAll(connection.fileDescriptor, [4, 5])
    XCTAssertEqual(try stream.receiveData(), [4, 5])
    connection.close()
    XCTAssertEqual(connection.fileDescriptor, -1)
    var told: VsockShutdown = []
    while told != .both { told.formUnion(.init(rawValue: try driver.receive(.shutdown).header.flags)) }
  }

  func testTheProgramMayCloseOneDirection() throws {
    let fixture = try SocketFixture()
    let driver = try FakeDriver(fixture.backend)
    try driver.start()
    let (stream, connection) = try fixture.open(driver, guestPort: 5000)
    writeAll(connection.fileDescriptor, [1, 2, 3])
    shutdown(connection.fileDescriptor, Int32(SHUT_WR))
    XCTAssertEqual(try stream.receiveData(), [1, 2, 3])
    XCTAssertEqual(VsockShutdown(rawValue: try driver.receive(.shutdown).header.flags), .send)
    try stream.send(data: [4, 5])
    try stream.send(.shutdown, flags: .both)
    XCTAssertEqual(readToEnd(connection.fileDescriptor), [4, 5])
    XCTAssertEqual(try driver.receive(.reset).header.destinationPort, 5000)
  }

  func testTheGuestMayRefuseMoreData() throws {
    let fixture = try SocketFixture()
    let driver = try FakeDriver(fixture.backend)
    try driver.start()
    let (stream, connection) = try fixture.open(driver, guestPort: 5000)
    try stream.send(.shutdown, flags: .receive)
    try stream.send(data: [9])
    XCTAssertEqual(readExactly(connection.fileDescriptor, 1), [9])
    XCTAssertFalse(writeAll(connection.fileDescriptor, [1]), "nobody is left to read it")
  }

  func testClosingSendsTheRestAndThenTheEnd() throws {
    let fixture = try SocketFixture()
    let driver = try FakeDriver(fixture.backend)
    try driver.start(buffers: 4)
    let (stream, connection) = try fixture.open(driver, guestPort: 5000)
    let data = pattern(100_000)
    writeAll(connection.fileDescriptor, data)
    connection.close()
    var received: [UInt8] = []
    var told: VsockShutdown = []
    while !told.contains(.send) {
      let packet = try XCTUnwrap(driver.receive())
      received += packet.payload
      if packet.header.operation == .shutdown { told.formUnion(.init(rawValue: packet.header.flags)) }
    }
    assertSame(received, data)
    XCTAssertEqual(told, .both)
    try stream.send(.reset)
    XCTAssertEqual(try stream.open().operation, .response, "the ports are free again")
  }

  func testReleasingAConnectionClosesIt() throws {
    let fixture = try SocketFixture()
    let driver = try FakeDriver(fixture.backend)
    try driver.start()
    _ = try fixture.open(driver, guestPort: 5000)
    var told: VsockShutdown = []
    while told != .both { told.formUnion(.init(rawValue: try driver.receive(.shutdown).header.flags)) }
  }

  func testAGuestThatNeverConfirmsACloseIsGivenUp() throws {
    let fixture = try SocketFixture(patience: .init(connect: 0.2, close: 0.2))
    let driver = try FakeDriver(fixture.backend)
    try driver.start()
    let (_, connection) = try fixture.open(driver, guestPort: 5000)
    connection.close()
    var last = try XCTUnwrap(driver.receive())
    while last.header.operation == .shutdown { last = try XCTUnwrap(driver.receive()) }
    XCTAssertEqual(last.header.operation, .reset)
    XCTAssertEqual(fixture.connect(22).failureCode(), ETIMEDOUT)
  }

  func testTheGuestMayUsePortsAgainThatItHasForgotten() throws {
    let fixture = try SocketFixture()
    let driver = try FakeDriver(fixture.backend)
    try driver.start()
    let (_, first) = try fixture.open(driver, guestPort: 5000)
    let (stream, second) = try fixture.open(driver, guestPort: 5000)
    XCTAssertEqual(readToEnd(first.fileDescriptor), [])
    try stream.send(data: [7])
    XCTAssertEqual(readExactly(second.fileDescriptor, 1), [7])
  }

  func testAResetEndsTheStreamAfterWhatWasSent() throws {
    let fixture = try SocketFixture()
    let driver = try FakeDriver(fixture.backend)
    try driver.start()
    let (stream, connection) = try fixture.open(driver, guestPort: 5000)
    let data = pattern(200_000)
    for start in stride(from: 0, to: data.count, by: 50_000) {
      try stream.send(data: Array(data[start..<start + 50_000]))
    }
    try stream.send(.reset)
    driver.waitUntilTaken()
    assertSame(readToEnd(connection.fileDescriptor), data)
  }
}
