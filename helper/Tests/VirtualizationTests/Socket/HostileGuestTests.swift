import Foundation
import XCTest

@testable import Virtualization

/// A guest that breaks every rule of the rings and of the stream protocol: the host must stay whole.
final class HostileGuestTests: XCTestCase {
  private typealias Attack = (FakeRing) -> Void

  /// Ways to offer a buffer that must not be used. Descriptor 200 and up belong to no slot.
  private let attacks: [(String, Attack)] = [
    ("a loop", { $0.chain((FakeFrontEnd.guestBase, 16, 1, 200)) }),
    ("a loop of nothing", { $0.chain((FakeFrontEnd.guestBase, 0, 1, 200)) }),
    ("a head outside the table", { $0.offer(256) }),
    ("a next outside the table", { $0.chain((FakeFrontEnd.guestBase, 16, 1, 999)) }),
    ("an address outside memory", { $0.chain((0, 64, 0, 0)) }),
    ("an address that wraps", { $0.chain((UInt64.max - 7, 64, 0, 0)) }),
    ("a length that leaves memory", { $0.chain((FakeFrontEnd.guestBase, UInt32.max, 0, 0)) }),
    ("the wrong direction", { $0.chain((FakeFrontEnd.guestBase, 64, $0.index == 0 ? 0 : 2, 0), isExact: true) }),
    ("an indirect table of no length", { $0.chain((FakeFrontEnd.guestBase, 0, 4, 0)) }),
    ("an indirect table of odd length", { $0.chain((FakeFrontEnd.guestBase, 17, 4, 0)) }),
    ("an indirect table outside memory", { $0.chain((16, 32, 4, 0)) }),
    ("an endless indirect table", { $0.chain((FakeFrontEnd.guestBase, UInt32.max & ~15, 4, 0)) }),
    ("an indirect table that goes on", { $0.chain((FakeFrontEnd.guestBase + 0x100000, 16, 5, 201)) }),
    (
      "an indirect table inside another",
      { ring in
        let place = ring.start(ofSlot: 0)
        place.storeBytes(of: ring.guestAddress(ofSlot: 0), as: UInt64.self)
        place.storeBytes(of: 16, toByteOffset: 8, as: UInt32.self)
        place.storeBytes(of: 4, toByteOffset: 12, as: UInt32.self)
        ring.chain((ring.guestAddress(ofSlot: 0), 16, 4, 0))
      }
    ),
    (
      "an index far ahead",
      { ring in
        (ring.availableStart + 2).storeBytes(of: 0x8000, as: UInt16.self)
      }
    ),
  ]

  func testBrokenRingsEndTheDeviceUntilItsDriverStartsAnew() throws {
    for (name, attack) in attacks {
      for index in 0...1 {
        let fixture = try SocketFixture()
        let driver = try FakeDriver(fixture.backend, features: [.indirectDescriptors, .eventIndex])
        try driver.start(buffers: 1)
        let (_, connection) = try fixture.open(driver, guestPort: 5000)
        let ring = index == 0 ? driver.receiveRing : driver.transmitRing
        if index == 0 {
          // A receive buffer is looked at when there is something to send: uses up the good one first.
          writeAll(connection.fileDescriptor, pattern(10_000))
          XCTAssertNotNil(ring.waitForUsed())
        }
        attack(ring)
        ring.signalKick()
        XCTAssertTrue(isReadable(ring.error), "\(name) in queue \(index) is reported")
        XCTAssertTrue(ends(connection.fileDescriptor), "\(name) in queue \(index) ends the streams")
        XCTAssertEqual(fixture.connect(22).failureCode(), ENOTCONN)
        try driver.restart()
        XCTAssertEqual(try FakeStream(driver, guestPort: 5000, hostPort: 700).open().operation, .response, name)
      }
    }
  }

  func testPacketsOfNobodyAreAnsweredOrDropped() throws {
    let fixture = try SocketFixture()
    let driver = try FakeDriver(fixture.backend)
    try driver.start()
    let stream = FakeStream(driver, guestPort: 5000, hostPort: 1)
    for operation in [0, 2, 4, 5, 6, 7, 8, 0xffff] as [UInt16] {
      try stream.send(VsockOperation(rawValue: operation))
      XCTAssertEqual(try XCTUnwrap(driver.receive()).header.operation, .reset, "operation \(operation)")
    }
    var seqpacket = stream.header(.request)
    seqpacket.type = 2
    try driver.send(seqpacket)
    XCTAssertEqual(try driver.receive(.reset).header.type, 2)

    var foreign = stream.header(.request)
    foreign.sourceCID = 9
    try driver.send(foreign)
    foreign = stream.header(.request)
    foreign.destinationCID = 7
    try driver.send(foreign)
    try driver.send(stream.header(.request), pieces: [43])
    try stream.send(.reset)
    driver.waitUntilTaken()
    XCTAssertNil(driver.receive(seconds: 1), "nobody is to be answered")
  }

  func testPacketsOutOfTurnEndTheirStream() throws {
    let fixture = try SocketFixture()
    let driver = try FakeDriver(fixture.backend)
    try driver.start()
    var port: UInt32 = 5000
    func check(_ send: (FakeStream) throws -> Void, line: UInt = #line) throws {
      port += 1
      let (stream, connection) = try fixture.open(driver, guestPort: port)
      try send(stream)
      XCTAssertEqual(try driver.receive(.reset).header.destinationPort, port, line: line)
      XCTAssertNotNil(readToEnd(connection.fileDescriptor), line: line)
    }
    try check { try $0.send(.response) }
    try check { try $0.send(VsockOperation(rawValue: 77)) }
    try check { stream in
      var lie = stream.header(.data)
      lie.length = 1000
      try driver.send(lie, [1, 2, 3])
    }
    try check { stream in
      var lie = stream.header(.data)
      lie.length = UInt32.max
      try driver.send(lie, [1, 2, 3])
    }
    try check { stream in
      try stream.send(.shutdown, flags: .send)
      try stream.send(data: [1])
    }
  }

  func testRefusalsThatTheGuestDoesNotTakeDoNotPileUp() throws {
    let fixture = try SocketFixture()
    let driver = try FakeDriver(fixture.backend)
    try driver.start(buffers: 0)
    let stream = FakeStream(driver, guestPort: 5000, hostPort: 1)
    // No receive buffers: after the limit the host stops taking packets.
    var sent = 0
    while sent < 3 * VsockDevice.Limit.pendingResets {
      while driver.transmitRing.takeUsed() != nil {}
      if driver.transmitRing.freeCount == 0, driver.transmitRing.waitForUsed(seconds: 1) == nil { break }
      try stream.send(.data)
      sent += 1
    }
    XCTAssertLessThanOrEqual(sent, VsockDevice.Limit.pendingResets + FakeRing.slots)
    for _ in 0..<8 { driver.lendReceiveBuffer() }
    for _ in 0..<sent { XCTAssertEqual(try XCTUnwrap(driver.receive()).header.operation, .reset) }
  }

  func testBuffersTooSmallForAPacketGoBackEmpty() throws {
    let fixture = try SocketFixture()
    let driver = try FakeDriver(fixture.backend)
    driver.receivePieces = [43]
    try driver.start(buffers: 3)
    fixture.listen(700)
    let stream = FakeStream(driver, guestPort: 5000, hostPort: 700)
    try stream.send(.request)
    for _ in 0..<3 { XCTAssertEqual(driver.receiveRing.waitForUsed()?.length, 0) }
    driver.receivePieces = [44]
    driver.lendReceiveBuffer()
    XCTAssertEqual(try XCTUnwrap(driver.receive()).header.operation, .response)
    let connection = try fixture.nextConnection()
    writeAll(connection.fileDescriptor, [1])
    XCTAssertEqual(driver.receiveRing.waitForUsed()?.length, 0, "no room for data")
    driver.receivePieces = [45]
    driver.lendReceiveBuffer()
    XCTAssertEqual(try stream.receiveData(), [1])
  }

  func testAnyPacketsAtAllDoNoHarm() throws {
    let fixture = try SocketFixture()
    let driver = try FakeDriver(fixture.backend, features: .eventIndex)
    try driver.start()
    fixture.listen(700)
    var random = Randomness(seed: 42)
    for _ in 0..<20_000 {
      var header = VsockHeader(
        sourceCID: UInt64(FakeDriver.guestCID), destinationCID: 2,
        sourcePort: UInt32.random(in: 1...4, using: &random), destinationPort: 700,
        operation: VsockOperation(rawValue: UInt16.random(in: 0...8, using: &random)))
      header.flags = UInt32.random(in: 0...4, using: &random)
      header.bufferAllocation = random.pick([0, 1, 100_000, UInt32.max])
      header.forwardedCount = random.pick([0, 1, 5000, UInt32.max])
      let payload = header.operation == .data ? pattern(random.pick([0, 1, 5000, 60_000])) : []
      header.length = random.pick([UInt32(payload.count), UInt32(payload.count), 0, 70_000])
      try driver.send(header, payload)
      while let used = driver.receiveRing.takeUsed() {
        XCTAssertLessThanOrEqual(used.length, 44 + 4096)
        driver.lendReceiveBuffer()
      }
    }
    try driver.restart()
    let (stream, connection) = try lastConnection(fixture, driver)
    try stream.send(data: [1, 2, 3])
    XCTAssertEqual(readExactly(connection.fileDescriptor, 3), [1, 2, 3])
  }

  func testAnyRingsAtAllDoNoHarm() throws {
    var random = Randomness(seed: 7)
    for _ in 0..<200 {
      let fixture = try SocketFixture()
      let driver = try FakeDriver(fixture.backend, features: [.indirectDescriptors, .eventIndex])
      try driver.start(buffers: 4)
      fixture.listen(700)
      try FakeStream(driver, guestPort: 5000, hostPort: 700).send(.request)
      for ring in [driver.transmitRing, driver.receiveRing] {
        for number in 0..<256 {
          ring.setDescriptor(
            number, address: FakeFrontEnd.guestBase &+ (random.next() >> random.pick([0, 20, 38, 40, 48])),
            length: random.pick([0, 16, 44, 64, 4096, UInt32.max]), flags: UInt16.random(in: 0...7, using: &random),
            next: UInt16.random(in: 0...260, using: &random))
        }
        for _ in 0..<16 { ring.offer(UInt16.random(in: 0...255, using: &random)) }
        ring.signalKick()
      }
      let answer = try driver.pause()
      XCTAssertEqual(answer.count, 2)
    }
  }

  func testAGuestThatChangesItsRingsMeanwhileDoesNoHarm() throws {
    let fixture = try SocketFixture()
    let driver = try FakeDriver(fixture.backend, features: [.indirectDescriptors, .eventIndex])
    try driver.start()
    fixture.listen(700)
    let frontEnd = driver.frontEnd
    for round in 0..<20 {
      let isDone = DispatchSemaphore(value: 0)
      Thread {
        var random = Randomness(seed: UInt64(round))
        // Both rings and the headers of the first packets.
        for _ in 0..<20_000 {
          let place = random.pick([0x0, 0x4000, 0x8000, 0x10000, 0x14000, 0x100000]) + Int(random.next() & 0x7fe)
          (frontEnd.memory + place).storeBytes(of: UInt16(truncatingIfNeeded: random.next()), as: UInt16.self)
        }
        isDone.signal()
      }.start()
      repeat {
        driver.receiveRing.signalKick()
        driver.transmitRing.signalKick()
      } while isDone.wait(timeout: .now() + .milliseconds(1)) == .timedOut
      try driver.restart()
    }
    XCTAssertEqual(try FakeStream(driver, guestPort: 5000, hostPort: 700).open().operation, .response)
  }

  private func lastConnection(_ fixture: SocketFixture, _ driver: FakeDriver) throws -> (
    FakeStream, VZVirtioSocketConnection
  ) {
    let stream = FakeStream(driver, guestPort: 9999, hostPort: 700)
    XCTAssertEqual(try stream.open().operation, .response)
    while true {
      let connection = try fixture.nextConnection()
      if connection.sourcePort == 9999 { return (stream, connection) }
    }
  }
}

extension FakeRing {
  /// Offers descriptor 200 with these fields; the direction is made right unless they are exact.
  func chain(_ fields: (UInt64, UInt32, UInt16, UInt16), isExact: Bool = false) {
    let direction: UInt16 = isExact || index == 1 || fields.2 & 4 != 0 ? 0 : 2
    setDescriptor(200, address: fields.0, length: fields.1, flags: fields.2 | direction, next: fields.3)
    offer(200)
  }
}

extension Randomness {
  mutating func pick<T>(_ values: [T]) -> T {
    values[Int(next() % UInt64(values.count))]
  }
}
