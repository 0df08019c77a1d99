import HostSystem
import XCTest

@testable import Virtualization

/// What guests print arrives whole, whoever reads it and however slowly.
final class ConsoleTests: XCTestCase {
  /// About 0.6 MiB, of which every line is different. In large pieces, since Linux counts the interrupts of a console and
  /// complains after 100,000 of them.
  private let command = "stty -F /dev/hvc0 raw; seq 1 100000 | dd bs=4096 2>/dev/null; echo en''d"
  private let expected = (1...100000).map { "\($0)\n" }.joined() + "end\n"

  private func start(_ attachments: [VZSerialPortAttachment], command: String? = nil) throws -> TestMachine {
    let configuration = try Guest.configuration(running: command ?? self.command)
    configuration.serialPorts = attachments.map {
      let port = VZVirtioConsoleDeviceSerialPortConfiguration()
      port.attachment = $0
      return port
    }
    let machine = TestMachine(configuration)
    try machine.start()
    return machine
  }

  private func check(_ data: Data, file: StaticString = #filePath, line: UInt = #line) {
    let text = String(decoding: data, as: UTF8.self)
    guard let range = text.range(of: "1\n2\n3\n") else {
      return XCTFail("no beginning in \(text.prefix(500))", file: file, line: line)
    }
    // Compared by bytes, since "\r\n" is one character.
    let body = Array(text[range.lowerBound...].utf8.prefix(expected.utf8.count))
    let wanted = Array(expected.utf8)
    guard body != wanted else { return }
    let place = zip(body, wanted).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? body.count
    let around = String(decoding: body[max(0, place - 40)..<min(body.count, place + 80)], as: UTF8.self)
    XCTFail("of \(wanted.count) bytes, byte \(place) is wrong: \(around.debugDescription)", file: file, line: line)
  }

  func testPipeThatNobodyReadsUntilTheGuestHasEnded() throws {
    let pipe = Pipe()
    let attachment = VZFileHandleSerialPortAttachment(
      fileHandleForReading: nil, fileHandleForWriting: pipe.fileHandleForWriting)
    let machine = try start([attachment])
    XCTAssertEqual(try machine.ending(), .guestStopped)
    let reader = pipe.fileHandleForReading
    var data = Data()
    while !data.suffix(4096).contains(Data("vzkit-guest: exit".utf8)) { data += reader.availableData }
    check(data)
  }

  func testSocketWhoseReaderComesLate() throws {
    let (first, second) = try UnixSocket.makePair()
    let ours = FileHandle(fileDescriptor: first, closeOnDealloc: true)
    let theirs = FileHandle(fileDescriptor: second, closeOnDealloc: true)
    let attachment = VZFileHandleSerialPortAttachment(fileHandleForReading: theirs, fileHandleForWriting: theirs)
    let machine = try start([attachment])
    // Long enough for the guest to fill the socket and to have to wait.
    sleep(6)
    var data = Data()
    while !data.suffix(4096).contains(Data("vzkit-guest: exit".utf8)) { data += ours.availableData }
    XCTAssertEqual(try machine.ending(), .guestStopped)
    check(data)
  }

  func testFile() throws {
    let file = try TestFile(Data("old\n".utf8))
    let machine = try start([try VZFileSerialPortAttachment(url: file.url, append: true)])
    XCTAssertEqual(try machine.ending(), .guestStopped)
    XCTAssertTrue(file.content.starts(with: Data("old\n".utf8)))
    check(file.content)
    let other = try start([try VZFileSerialPortAttachment(url: file.url, append: false)], command: "echo sh''ort")
    XCTAssertEqual(try other.ending(), .guestStopped)
    XCTAssertFalse(file.content.starts(with: Data("old\n".utf8)))
    XCTAssertTrue(String(decoding: file.content, as: UTF8.self).contains("short"))
  }

  func testSeparateHandlesCarryBothDirections() throws {
    let input = Pipe()
    let output = Pipe()
    let attachment = VZFileHandleSerialPortAttachment(
      fileHandleForReading: input.fileHandleForReading, fileHandleForWriting: output.fileHandleForWriting)
    let machine = try start(
      [attachment], command: "stty -F /dev/hvc0 raw -echo; echo li''sten; head -c 100000 | md5sum")
    let reader = output.fileHandleForReading
    var data = Data()
    while !data.contains(Data("listen".utf8)) { data += reader.availableData }
    // Printable, since Linux takes Ctrl-O on such a console for its SysRq key.
    let bytes = Data((0..<100_000).map { (place: Int) -> UInt8 in UInt8(32 + (place * 7 + place / 89) % 90) })
    DispatchQueue.global().async { input.fileHandleForWriting.write(bytes) }
    XCTAssertEqual(try machine.ending(), .guestStopped)
    while !data.contains(Data("vzkit-guest: exit".utf8)) { data += reader.availableData }
    let sent = try TestFile(bytes)
    let sum = try ProgramOutput.collect("/usr/bin/md5sum", [sent.url.path]).prefix(32)
    XCTAssertTrue(String(decoding: data, as: UTF8.self).contains(sum), String(decoding: data, as: UTF8.self))
  }

  func testReaderThatGoesAwayDoesNotHoldTheGuest() throws {
    let pipe = Pipe()
    let attachment = VZFileHandleSerialPortAttachment(
      fileHandleForReading: nil, fileHandleForWriting: pipe.fileHandleForWriting)
    let machine = try start([attachment])
    try pipe.fileHandleForReading.close()
    XCTAssertEqual(try machine.ending(), .guestStopped)
  }

  func testConsoleDevicePortsByName() throws {
    let console = try GuestConsole()
    let configuration = try Guest.configuration()
    configuration.serialPorts = [console.configuration]
    let (first, second) = try UnixSocket.makePair()
    let ours = FileHandle(fileDescriptor: first, closeOnDealloc: true)
    let theirs = FileHandle(fileDescriptor: second, closeOnDealloc: true)
    let port = VZVirtioConsolePortConfiguration()
    port.name = "org.vzkit.test"
    port.attachment = VZFileHandleSerialPortAttachment(fileHandleForReading: theirs, fileHandleForWriting: theirs)
    let device = VZVirtioConsoleDeviceConfiguration()
    device.ports[3] = port
    configuration.consoleDevices = [device]
    let machine = TestMachine(configuration)
    let runtime = try XCTUnwrap(machine.queue.sync { machine.machine.consoleDevices.first } as? VZVirtioConsoleDevice)
    XCTAssertEqual(runtime.ports[3]?.name, "org.vzkit.test")
    let watcher = PortWatcher()
    machine.queue.sync { runtime.delegate = watcher }
    try machine.start()
    try console.wait(for: "vzkit-guest: ready")
    console.send("port org.vzkit.test sh -c 'read line; echo got $line'")
    ours.write(Data("something\n".utf8))
    var answer = Data()
    while !answer.contains(0x0A) { answer += ours.availableData }
    XCTAssertEqual(String(decoding: answer, as: UTF8.self), "got something\n")
    XCTAssertEqual(watcher.opened.wait(timeout: .now() + 60), .success)
    XCTAssertEqual(watcher.name, "org.vzkit.test")
    try machine.stop()
  }
}

private final class PortWatcher: NSObject, VZVirtioConsoleDeviceDelegate {
  let opened = DispatchSemaphore(value: 0)
  private(set) var name: String?

  func consoleDevice(_ consoleDevice: VZVirtioConsoleDevice, didOpen consolePort: VZVirtioConsolePort) {
    name = consolePort.name
    opened.signal()
  }
}

extension Data {
  fileprivate func contains(_ part: Data) -> Bool { range(of: part) != nil }
}
