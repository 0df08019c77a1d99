import HelperProtocol
import HostSystem
import XCTest

@testable import HelperCore

final class RunningMachineTests: XCTestCase {
  private func record(_ machine: String, name: String = "build", isMac: Bool = true) -> RunningMachineRecord {
    RunningMachineRecord(machine: machine, name: name, processIdentifier: getpid(), isMac: isMac)
  }

  func testIsThereUntilReleased() throws {
    let folder = try TemporaryFolder()
    let place = "\(folder.path)/made/when/missing"
    XCTAssertEqual(RunningMachineRecord.all(in: place), [])
    let second = try record("machine-10").publish(in: place)
    let first = try record("machine-2").publish(in: place)
    XCTAssertEqual(RunningMachineRecord.all(in: place), [record("machine-2"), record("machine-10")])
    first.release()
    first.release()
    XCTAssertEqual(RunningMachineRecord.all(in: place), [record("machine-10")])
    withExtendedLifetime(second) {}
  }

  func testGoesWithItsObject() throws {
    let folder = try TemporaryFolder()
    _ = try record("machine-1").publish(in: folder.path)
    XCTAssertEqual(folder.names, [])
  }

  func testNamesFromClientsCannotMisleadTerminals() throws {
    let folder = try TemporaryFolder()
    let name = "a\u{1B}[2J\nb\r\n" + String(repeating: "x", count: 5000)
    let record = try record("machine-1", name: name).publish(in: folder.path)
    let read = try XCTUnwrap(RunningMachineRecord.all(in: folder.path).first)
    XCTAssertTrue(read.name.hasPrefix("a [2J b x"), read.name)
    XCTAssertLessThanOrEqual(read.name.count, 64)
    XCTAssertEqual(read.processIdentifier, getpid())
    withExtendedLifetime(record) {}
  }

  func testWhatNobodyHoldsIsRemoved() throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("machine-99999-abc", Data("{}".utf8))
    _ = try folder.file("machine-empty")
    XCTAssertEqual(RunningMachineRecord.all(in: folder.path), [])
    XCTAssertEqual(folder.names, [])
  }

  func testForeignFilesAreLeftAlone() throws {
    let folder = try TemporaryFolder()
    let target = try folder.file("target", Data("1 machine-1 linked\n".utf8))
    try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/machine-link", withDestinationPath: target)
    XCTAssertEqual(mkfifo("\(folder.path)/other", 0o600), 0)
    let garbage = try folder.file("machine-garbage", Data([0xFF, 0x00, 0x0A, 0x20]))
    let holder = open(garbage, O_RDONLY)
    defer { close(holder) }
    XCTAssertEqual(flock(holder, LOCK_EX), 0)
    XCTAssertEqual(RunningMachineRecord.all(in: folder.path), [])
    XCTAssertEqual(folder.names, ["machine-garbage", "machine-link", "other", "target"])
  }

  func testManyAtOnce() throws {
    let folder = try TemporaryFolder()
    let path = folder.path
    // Those who look remove what nobody holds: they must not take a note that is just being written for one.
    let records = Locked<[LockedRecord]>([])
    DispatchQueue.concurrentPerform(iterations: 64) { number in
      _ = RunningMachineRecord.all(in: path)
      guard let record = try? self.record("machine-\(number)").publish(in: path) else { return }
      records.with { $0.append(record) }
      _ = RunningMachineRecord.all(in: path)
    }
    XCTAssertEqual(records.value.count, 64)
    XCTAssertEqual(RunningMachineRecord.all(in: path).count, 64)
  }

  func testPlaceThatCannotBeWritten() throws {
    let folder = try TemporaryFolder()
    let file = try folder.file("file")
    XCTAssertThrowsError(try record("machine-1").publish(in: "\(file)/below"))
  }
}
