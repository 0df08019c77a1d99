import Foundation
import Platform
import XCTest

@testable import HelperCore

/// A hub with the test in the place of the guest.
final class ConsoleHubTests: XCTestCase {
  private var folder: TemporaryFolder!
  private var hub: ConsoleHub!
  private var guest: TestStream!
  private var sockets = 0

  override func tearDown() { folder = nil }

  private func open(replaySize: UInt64 = 1 << 20, log: String? = nil) throws {
    Signals.ignoreSelfInflicted()
    folder = try TemporaryFolder()
    hub = try ConsoleHub(
      name: "serial0", replaySize: replaySize,
      log: log.map { try ConsoleLog(path: OutputPath(role: "console log", path: "\(folder.path)/\($0)")) })
    guest = TestStream(dup(hub.guestHandle.fileDescriptor))
  }

  private func attach(from: UInt64? = nil) throws -> ConsoleHub.Attachment {
    sockets += 1
    let path = "\(folder.path)/s\(sockets)"
    let done = expectation(description: "attached")
    var result: Result<ConsoleHub.Attachment, any Error>?
    hub.attach(
      from: from, makePath: { path },
      completion: {
        result = $0
        done.fulfill()
      })
    wait(for: [done], timeout: 10)
    return try XCTUnwrap(result).get()
  }

  private func connect(from: UInt64? = nil) throws -> TestStream { try TestStream(path: try attach(from: from).path) }

  /// Repeats after a prime number of bytes, so that a chunk that is missing shows.
  private func pattern(_ count: Int, seed: Int = 0) -> Data {
    let base = Data((0..<65_521).map { UInt8(truncatingIfNeeded: ($0 + seed) ^ ($0 >> 8)) })
    var data = Data(capacity: count + base.count)
    while data.count < count { data.append(base) }
    return data.prefix(count)
  }

  func testReplaysWhatWasPrintedBeforeAndGoesOn() throws {
    try open()
    try guest.write(Data("before ".utf8))
    let client = try connect()
    try guest.write(Data("after".utf8))
    XCTAssertEqual(try client.read(until: "after"), "before after")
  }

  func testOneSocketServesOneConnectionAndIsGone() throws {
    try open()
    let attachment = try attach()
    let client = try TestStream(path: attachment.path)
    try guest.write(Data("x".utf8))
    _ = try client.read(exactly: 1)
    XCTAssertThrowsError(try TestStream(path: attachment.path))
    XCTAssertEqual(folder.names, [])
  }

  func testBeginsAtTheOffsetAskedForAndTellsIt() throws {
    try open()
    try guest.write(pattern(1000))
    let first = try connect()
    XCTAssertEqual(try first.read(exactly: 1000), pattern(1000))
    let attachment = try attach(from: 700)
    XCTAssertEqual([attachment.offset, attachment.endOffset], [700, 1000])
    XCTAssertEqual(try TestStream(path: attachment.path).read(exactly: 300), pattern(1000).dropFirst(700))
    XCTAssertThrowsError(try attach(from: 1001))
  }

  func testKeepsAtLeastWhatItShallAndNotMuchMore() throws {
    try open(replaySize: 100_000)
    let all = pattern(2_000_000)
    let reader = try connect()
    Thread.detachNewThread { [guest] in try? guest?.write(all) }
    XCTAssertEqual(try reader.read(exactly: all.count), all)
    let late = try attach()
    XCTAssertEqual(late.endOffset, UInt64(all.count))
    XCTAssertLessThanOrEqual(late.offset, UInt64(all.count - 100_000))
    XCTAssertGreaterThan(late.offset, UInt64(all.count - 500_000))
    XCTAssertEqual(
      try TestStream(path: late.path).read(exactly: all.count - Int(late.offset)), all.dropFirst(Int(late.offset)))
  }

  func testSeveralClientsGetEveryByteAtTheirOwnPace() throws {
    try open()
    let all = pattern(12 << 20)
    let (fast, slow) = (try connect(), try connect())
    Thread.detachNewThread { [guest] in try? guest?.write(all) }
    XCTAssertTrue(try fast.read(exactly: all.count) == all)
    // Only now: all of it waited for the slow one.
    XCTAssertTrue(try slow.read(exactly: all.count) == all)
  }

  func testCutsOffAClientThatDoesNotReadAndSparesTheOthers() throws {
    try open(replaySize: 4096)
    let all = pattern(20 << 20)
    let (good, stuck) = (try connect(), try connect())
    Thread.detachNewThread { [guest] in try? guest?.write(all) }
    XCTAssertTrue(try good.read(exactly: all.count) == all)
    let received = try stuck.readToEnd()
    XCTAssertLessThan(received.count, all.count, "it was cut off")
    XCTAssertTrue(all.starts(with: received), "and what it got is whole")
    // The memory is free again.
    XCTAssertGreaterThan(try attach().offset, UInt64(19 << 20))
  }

  func testCarriesInputAndHoldsItBackWhileTheGuestDoesNotRead() throws {
    try open()
    let client = try connect()
    let all = pattern(8 << 20, seed: 5)
    let written = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      try? client.write(all)
      written.signal()
    }
    XCTAssertEqual(written.wait(timeout: .now() + 0.3), .timedOut, "what the guest does not read, waits")
    XCTAssertTrue(try guest.read(exactly: all.count) == all)
    XCTAssertEqual(written.wait(timeout: .now() + 30), .success)
  }

  func testAClientThatEndedItsInputStillGetsOutput() throws {
    try open()
    let client = try connect()
    try client.write(Data("bye".utf8))
    client.endOutput()
    XCTAssertEqual(try guest.read(exactly: 3), Data("bye".utf8))
    try guest.write(Data("still here".utf8))
    XCTAssertEqual(try client.read(until: "here"), "still here")
  }

  func testLogsEverythingAndAppends() throws {
    try open(log: "console.log")
    _ = try folder.file("console.log", Data("old ".utf8))
    let all = pattern(300_000)
    let client = try connect()
    Thread.detachNewThread { [guest] in try? guest?.write(all) }
    _ = try client.read(exactly: all.count)
    XCTAssertTrue(FileManager.default.contents(atPath: "\(folder.path)/console.log") == Data("old ".utf8) + all)
  }

  func testClosingDeliversWhatIsLeft() throws {
    try open()
    let client = try connect()
    let pending = try attach()
    let all = pattern(3 << 20)
    let read = expectation(description: "all read")
    Thread.detachNewThread {
      let data = try? client.readToEnd()
      XCTAssertTrue(data == all, "got \(data?.count ?? -1) bytes")
      read.fulfill()
    }
    try guest.write(all)
    let closed = expectation(description: "closed")
    hub.close { closed.fulfill() }
    wait(for: [read, closed], timeout: 30)
    XCTAssertThrowsError(try TestStream(path: pending.path), "nobody can come any more")
    XCTAssertThrowsError(try attach())
  }
}
