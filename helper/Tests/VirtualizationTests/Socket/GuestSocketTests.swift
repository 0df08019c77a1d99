import Foundation
import XCTest

@testable import Virtualization

/// Sockets of a real Linux guest in QEMU.
final class GuestSocketTests: XCTestCase {
  func testStreamsOfARealGuest() throws {
    let guest = try SocketGuest()
    try commandsRunOverAStream(guest)
    try theEndOfOneDirectionLeavesTheOtherOpen(guest)
    try refusalsReachBothSides(guest)
    try manyStreamsAtOnce(guest)
    try dataComesBackUnchanged(guest)
    try bulk(guest)
  }

  func testPauseAndRebootOfARealGuest() throws {
    let guest = try SocketGuest()
    let stream = try guest.run("cat")
    writeAll(stream.fileDescriptor, Array("before".utf8))
    XCTAssertEqual(readExactly(stream.fileDescriptor, 6), Array("before".utf8))
    try guest.machine.pause()
    XCTAssertEqual(guest.connect(once: 1024).failureCode(), ENOTCONN)
    writeAll(stream.fileDescriptor, Array("meanwhile".utf8))
    try guest.machine.resume()
    XCTAssertEqual(readExactly(stream.fileDescriptor, 9), Array("meanwhile".utf8))

    // At once, without any close of the guest's own.
    let shell = try guest.run("sh -c 'echo b >/proc/sysrq-trigger'")
    XCTAssertTrue(ends(stream.fileDescriptor))
    XCTAssertTrue(ends(shell.fileDescriptor))
    try guest.waitUntilUp()
    let again = try guest.run("echo again")
    XCTAssertEqual(readToEnd(again.fileDescriptor), Array("again\n".utf8))

    let last = try guest.run("cat")
    try guest.machine.stop()
    XCTAssertTrue(ends(last.fileDescriptor))
    XCTAssertEqual(guest.connect(once: 1024).failureCode(), ENOTCONN)
  }

  private func commandsRunOverAStream(_ guest: SocketGuest) throws {
    let shell = try guest.run("sh -c 'echo $((6*7)); exit'")
    XCTAssertEqual(readToEnd(shell.fileDescriptor), Array("42\n".utf8))
  }

  private func theEndOfOneDirectionLeavesTheOtherOpen(_ guest: SocketGuest) throws {
    // `md5sum` answers only after the end of its input.
    let sum = try guest.run("md5sum")
    writeAll(sum.fileDescriptor, Array("hello".utf8))
    shutdown(sum.fileDescriptor, Int32(SHUT_WR))
    XCTAssertEqual(readToEnd(sum.fileDescriptor), Array("5d41402abc4b2a76b9719d911017c592  -\n".utf8))

    guest.listen(701)
    let shell = try guest.run("sh -c 'echo from the guest | vsock connect 2 701'")
    let incoming = try guest.acceptor.nextConnection()
    XCTAssertEqual(incoming.destinationPort, 701)
    XCTAssertEqual(readToEnd(incoming.fileDescriptor), Array("from the guest\n".utf8))
    writeAll(incoming.fileDescriptor, Array("from the host\n".utf8))
    incoming.close()
    XCTAssertEqual(readToEnd(shell.fileDescriptor), Array("from the host\n".utf8))
  }

  private func refusalsReachBothSides(_ guest: SocketGuest) throws {
    XCTAssertEqual(guest.connect(once: 4).failureCode(), ECONNRESET)
    let shell = try guest.run("vsock connect 2 9999")
    let text = String(decoding: try XCTUnwrap(readToEnd(shell.fileDescriptor)), as: UTF8.self)
    XCTAssertTrue(text.contains("reset"), text)
  }

  private func manyStreamsAtOnce(_ guest: SocketGuest) throws {
    let streams = try (0..<40).map { number in (number, try guest.run("cat")) }
    for (number, stream) in streams { writeAll(stream.fileDescriptor, pattern(5000, seed: UInt64(number))) }
    for (number, stream) in streams.reversed() {
      assertSame(readExactly(stream.fileDescriptor, 5000), pattern(5000, seed: UInt64(number)))
    }
  }

  private func dataComesBackUnchanged(_ guest: SocketGuest) throws {
    let echo = try guest.run("cat")
    let data = pattern(2 << 20)
    let writer = Thread {
      writeAll(echo.fileDescriptor, data)
      shutdown(echo.fileDescriptor, Int32(SHUT_WR))
    }
    writer.start()
    assertSame(readToEnd(echo.fileDescriptor), data)
  }

  private func bulk(_ guest: SocketGuest) throws {
    let megabytes = 64
    let source = try guest.run("dd if=/dev/zero bs=64k count=\(megabytes * 16) status=none")
    let start = DispatchTime.now()
    XCTAssertEqual(countToEnd(source.fileDescriptor), megabytes << 20)
    report("guest to host", megabytes, since: start)

    let sink = try guest.run("sh -c 'cat >/dev/null; echo done'")
    let block = [UInt8](repeating: 7, count: 1 << 20)
    let second = DispatchTime.now()
    for _ in 0..<megabytes { XCTAssertTrue(writeAll(sink.fileDescriptor, block)) }
    shutdown(sink.fileDescriptor, Int32(SHUT_WR))
    XCTAssertEqual(readToEnd(sink.fileDescriptor), Array("done\n".utf8))
    report("host to guest", megabytes, since: second)
  }

  private func countToEnd(_ descriptor: Int32) -> Int {
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    var total = 0
    while isReadable(descriptor) {
      let size = read(descriptor, &chunk, chunk.count)
      guard size > 0 else { return total }
      total += size
    }
    return -1
  }

  private func report(_ what: String, _ megabytes: Int, since start: DispatchTime) {
    let seconds = Double(DispatchTime.now().uptimeNanoseconds - start.uptimeNanoseconds) / 1e9
    print("\(what): \(Int(Double(megabytes) * 1.048576 / seconds)) MB/s")
  }
}
