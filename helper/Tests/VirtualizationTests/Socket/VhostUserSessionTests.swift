import CVirtualization
import Foundation
import XCTest

@testable import Virtualization

/// The conversation with QEMU: what is answered, and that no message can do harm.
final class VhostUserSessionTests: XCTestCase {
  func testGivesTheGuestsAddressAsConfiguration() throws {
    let fixture = try SocketFixture()
    let frontEnd = try FakeFrontEnd(fixture.backend)
    try frontEnd.negotiate()
    let empty = [UInt8](repeating: 0, count: 8)
    let answer = try frontEnd.ask(.getConfiguration, bytes(UInt32(0)) + bytes(UInt32(8)) + bytes(UInt32(0)) + empty)
    XCTAssertEqual(Array(answer.suffix(8)), bytes(UInt64(FakeDriver.guestCID)))
    let part = try frontEnd.ask(.getConfiguration, bytes(UInt32(1)) + bytes(UInt32(2)) + bytes(UInt32(0)) + empty)
    XCTAssertEqual(part, bytes(UInt32(1)) + bytes(UInt32(2)) + bytes(UInt32(0)) + [0, 0])
    for (offset, size) in [(0, 9), (8, 1), (UInt32.max, UInt32.max)] as [(UInt32, UInt32)] {
      XCTAssertEqual(try frontEnd.ask(.getConfiguration, bytes(offset) + bytes(size) + bytes(UInt32(0))), [])
    }
  }

  func testRefusesWhatItCannotDo() throws {
    let fixture = try SocketFixture()
    let frontEnd = try FakeFrontEnd(fixture.backend)
    try frontEnd.negotiate()
    XCTAssertFalse(try frontEnd.tell(VhostUserRequest(rawValue: 999), []))
    XCTAssertFalse(try frontEnd.tell(.setFeatures, bytes(UInt64.max)))
    XCTAssertFalse(try frontEnd.tell(.setProtocolFeatures, bytes(UInt64.max)))
    XCTAssertFalse(try frontEnd.tell(.setConfiguration, [UInt8](repeating: 0, count: 20)))
    XCTAssertFalse(try frontEnd.tell(.setVringSize, bytes(UInt32(7)) + bytes(UInt32(128))), "no such queue")
    for size in [0, 3, 2048, UInt32.max] {
      XCTAssertFalse(try frontEnd.tell(.setVringSize, bytes(UInt32(0)) + bytes(size)), "size \(size)")
    }
    XCTAssertFalse(try frontEnd.tell(.setVringBase, bytes(UInt32(0)) + bytes(UInt32(65536))))
    XCTAssertFalse(try frontEnd.tell(.setVringKick, bytes(UInt64(0x100))), "polling")
    XCTAssertFalse(try frontEnd.tell(.setVringKick, bytes(UInt64(0))), "no descriptor")
    XCTAssertEqual(number(try frontEnd.ask(.getFeatures), at: 0) as UInt64, VhostUserFeatures.offered.rawValue)
  }

  func testTakesOnlyMemoryThatCannotDisappear() throws {
    let fixture = try SocketFixture()
    let frontEnd = try FakeFrontEnd(fixture.backend, isSealed: false)
    try frontEnd.negotiate()
    XCTAssertFalse(try frontEnd.shareMemory(), "a file that can shrink")
    XCTAssertEqual(fcntl(frontEnd.memoryFile, 1033, 2), 0)
    XCTAssertTrue(try frontEnd.shareMemory())
    XCTAssertTrue(try frontEnd.shareMemory(split: 1 << 20))

    let size = UInt64(FakeFrontEnd.memorySize)
    let ranges: [[UInt64]] = [
      [0, size + 1, 0, 0], [0, size, 0, 1], [0, 4096, 0, UInt64.max - 4095], [0, 0, 0, 0],
      [UInt64.max - 10, 4096, 0, 0], [0, 4096, UInt64.max - 10, 0], [0, UInt64.max, 0, 0],
    ]
    for range in ranges {
      let payload = bytes(UInt64(1)) + range.flatMap { bytes($0) }
      XCTAssertFalse(
        try frontEnd.tell(.setMemoryTable, payload, descriptors: [frontEnd.memoryFile]), "range \(range)")
    }
    XCTAssertFalse(try frontEnd.tell(.setMemoryTable, bytes(UInt64(1)) + [UInt8](repeating: 1, count: 32)), "no file")
    XCTAssertFalse(try frontEnd.tell(.setMemoryTable, bytes(UInt64(UInt32.max))), "too many ranges")
  }

  func testRefusesRingsOutsideMemory() throws {
    let fixture = try SocketFixture()
    let frontEnd = try FakeFrontEnd(fixture.backend)
    try frontEnd.negotiate()
    XCTAssertTrue(try frontEnd.shareMemory())
    XCTAssertTrue(try frontEnd.tell(.setVringSize, bytes(UInt32(0)) + bytes(UInt32(256))))
    let base = FakeFrontEnd.userBase
    let end = base + UInt64(FakeFrontEnd.memorySize)
    let kick = vz_vsock_eventfd()
    defer { close(kick) }
    for (descriptors, used, available) in [
      (0, base, base), (base, end - 4, base), (base, base, end - 2), (end - 16, base, base), (base + 8, base, base),
      (base, base + 2, base), (base, base, base + 1), (UInt64.max & ~15, base, base),
    ] as [(UInt64, UInt64, UInt64)] {
      let address = bytes(UInt64(0)) + bytes(descriptors) + bytes(used) + bytes(available) + bytes(UInt64(0))
      XCTAssertTrue(try frontEnd.tell(.setVringAddress, address))
      XCTAssertFalse(try frontEnd.tell(.setVringKick, bytes(UInt64(0)), descriptors: [kick]))
      _ = try frontEnd.stop(0)
    }
  }

  func testReadsMessagesInAnyPortions() throws {
    let fixture = try SocketFixture()
    let frontEnd = try FakeFrontEnd(fixture.backend)
    let message = bytes(UInt32(1)) + bytes(UInt32(1)) + bytes(UInt32(0))
    for byte in message { frontEnd.sendRaw([byte]) }
    XCTAssertEqual(frontEnd.reply()?.request, 1)
    frontEnd.sendRaw(message + message + message)
    for _ in 0..<3 { XCTAssertEqual(frontEnd.reply()?.request, 1) }
  }

  func testHangsUpOnWhatItCannotUnderstand() throws {
    let nonsense: [(FakeFrontEnd) -> Void] = [
      { $0.send(.getFeatures, flags: 2) },
      { $0.send(.getFeatures, size: 5000) },
      { $0.send(.getFeatures, size: Int(UInt32.max)) },
      { $0.send(.setFeatures, [1, 2, 3]) },
      { $0.send(.setVringAddress, bytes(UInt64(0))) },
      { $0.send(.getVringBase, bytes(UInt64(9))) },
      { $0.send(.setOwner, descriptors: Array(repeating: $0.memoryFile, count: 9)) },
      { $0.send(.setOwner, descriptors: Array(repeating: $0.memoryFile, count: 40)) },
    ]
    for (index, send) in nonsense.enumerated() {
      let fixture = try SocketFixture()
      let frontEnd = try FakeFrontEnd(fixture.backend)
      send(frontEnd)
      XCTAssertNil(frontEnd.reply(), "message \(index)")
      XCTAssertEqual(fixture.connect(22).failureCode(), ENOTCONN)
    }
  }

  func testClosesDescriptorsThatItDoesNotWant() throws {
    let fixture = try SocketFixture()
    let frontEnd = try FakeFrontEnd(fixture.backend)
    try frontEnd.negotiate()
    let before = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
    for _ in 0..<20 {
      try frontEnd.tell(.setOwner, [], descriptors: Array(repeating: frontEnd.memoryFile, count: 8))
      try frontEnd.tell(.setVringCall, bytes(UInt64(99)), descriptors: [frontEnd.memoryFile])
      try frontEnd.tell(.setVringCall, bytes(UInt64(0)), descriptors: [frontEnd.memoryFile, frontEnd.memoryFile])
    }
    try frontEnd.tell(.setVringCall, bytes(UInt64(0x100)))
    XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count, before)
  }

  func testAnyMessagesAtAllDoNoHarm() throws {
    var random = Randomness(seed: 2026)
    for _ in 0..<60 {
      let fixture = try SocketFixture()
      let frontEnd = try FakeFrontEnd(fixture.backend)
      for _ in 0..<200 {
        let request = VhostUserRequest(rawValue: UInt32.random(in: 0...45, using: &random))
        var payload = (0..<Int.random(in: 0...80, using: &random)).map { _ in UInt8.random(in: 0...3, using: &random) }
        if Bool.random(using: &random) { payload += bytes(FakeFrontEnd.userBase) }
        let count = Int.random(in: 0...2, using: &random)
        frontEnd.send(
          request, payload, descriptors: Array(repeating: frontEnd.memoryFile, count: count),
          flags: Bool.random(using: &random) ? 1 : 9)
        drain(frontEnd.socket)
      }
    }
  }

  private func drain(_ socket: Int32) {
    var chunk = [UInt8](repeating: 0, count: 4096)
    while recv(socket, &chunk, chunk.count, Int32(MSG_DONTWAIT)) > 0 {}
  }
}
