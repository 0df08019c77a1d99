import HelperProtocol
import XCTest

@testable import HelperCore

final class MacRecordTests: XCTestCase {
  private func mac(_ machine: String, name: String = "build") -> RunningMac {
    RunningMac(machine: machine, name: name, processIdentifier: getpid())
  }

  func testIsThereUntilReleased() throws {
    let folder = try TemporaryFolder()
    let place = "\(folder.path)/made/when/missing"
    XCTAssertEqual(MacRecord.all(in: place), [])
    let second = try MacRecord(mac("machine-10"), folder: place)
    let first = try MacRecord(mac("machine-2"), folder: place)
    XCTAssertEqual(MacRecord.all(in: place), [mac("machine-2"), mac("machine-10")])
    first.release()
    first.release()
    XCTAssertEqual(MacRecord.all(in: place), [mac("machine-10")])
    withExtendedLifetime(second) {}
  }

  func testGoesWithItsObject() throws {
    let folder = try TemporaryFolder()
    _ = try MacRecord(mac("machine-1"), folder: folder.path)
    XCTAssertEqual(folder.names, [])
  }

  func testNamesFromClientsCannotMisleadTerminals() throws {
    let folder = try TemporaryFolder()
    let name = "a\u{1B}[2J\nb\r\n" + String(repeating: "x", count: 5000)
    let record = try MacRecord(mac("machine-1", name: name), folder: folder.path)
    let read = try XCTUnwrap(MacRecord.all(in: folder.path).first)
    XCTAssertTrue(read.name.hasPrefix("a [2J b x"), read.name)
    XCTAssertLessThanOrEqual(read.name.count, 64)
    XCTAssertEqual(read.processIdentifier, getpid())
    withExtendedLifetime(record) {}
  }

  func testWhatNobodyHoldsIsRemoved() throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("mac-99999-abc", Data("99999 machine-1 killed\n".utf8))
    _ = try folder.file("mac-empty")
    XCTAssertEqual(MacRecord.all(in: folder.path), [])
    XCTAssertEqual(folder.names, [])
  }

  func testForeignFilesAreLeftAlone() throws {
    let folder = try TemporaryFolder()
    let target = try folder.file("target", Data("1 machine-1 linked\n".utf8))
    try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/mac-link", withDestinationPath: target)
    XCTAssertEqual(mkfifo("\(folder.path)/other", 0o600), 0)
    let garbage = try folder.file("mac-garbage", Data([0xFF, 0x00, 0x0A, 0x20]))
    let holder = open(garbage, O_RDONLY)
    defer { close(holder) }
    XCTAssertEqual(flock(holder, LOCK_EX), 0)
    XCTAssertEqual(MacRecord.all(in: folder.path), [])
    XCTAssertEqual(folder.names, ["mac-garbage", "mac-link", "other", "target"])
  }

  func testManyAtOnce() throws {
    let folder = try TemporaryFolder()
    let path = folder.path
    // Those who look remove what nobody holds: they must not take a note that is just being written for one.
    let records = Locked<[MacRecord]>([])
    DispatchQueue.concurrentPerform(iterations: 64) { number in
      _ = MacRecord.all(in: path)
      guard let record = try? MacRecord(self.mac("machine-\(number)"), folder: path) else { return }
      records.with { $0.append(record) }
      _ = MacRecord.all(in: path)
    }
    XCTAssertEqual(records.value.count, 64)
    XCTAssertEqual(MacRecord.all(in: path).count, 64)
  }

  func testPlaceThatCannotBeWritten() throws {
    let folder = try TemporaryFolder()
    let file = try folder.file("file")
    XCTAssertThrowsError(try MacRecord(mac("machine-1"), folder: "\(file)/below"))
  }
}
