import XCTest

@testable import Virtualization

/// Nothing is left running, open or on disk.
final class LeakTests: XCTestCase {
  private func count(_ folder: String) -> Int {
    (try? FileManager.default.contentsOfDirectory(atPath: folder).count) ?? 0
  }

  private func children() -> Set<String> {
    let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
    return Set(
      tasks.flatMap { task -> [String] in
        let text = (try? String(contentsOfFile: "/proc/self/task/\(task)/children", encoding: .utf8)) ?? ""
        return text.split(separator: " ").map(String.init)
      })
  }

  private func temporaryNames() -> Set<String> {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: NSTemporaryDirectory())) ?? []
    return Set(names.filter { $0.hasPrefix("vzkit-") && !$0.hasPrefix("vzkit-test-") })
  }

  private func machine(_ disk: TestFile, _ folder: TestFolder) throws -> TestMachine {
    let configuration = try Guest.configuration()
    configuration.storageDevices = [
      VZVirtioBlockDeviceConfiguration(
        attachment: try VZDiskImageStorageDeviceAttachment(url: disk.url, readOnly: false))
    ]
    let pipe = Pipe()
    let port = VZVirtioConsoleDeviceSerialPortConfiguration()
    port.attachment = VZFileHandleSerialPortAttachment(
      fileHandleForReading: nil, fileHandleForWriting: pipe.fileHandleForWriting)
    configuration.serialPorts = [port]
    configuration.socketDevices = [VZVirtioSocketDeviceConfiguration()]
    if HypervisorHost.probe().virtiofsdProblem == nil {
      let device = VZVirtioFileSystemDeviceConfiguration(tag: "work")
      device.share = VZMultipleDirectoryShare(directories: ["a": VZSharedDirectory(url: folder.url, readOnly: true)])
      configuration.directorySharingDevices = [device]
    }
    return TestMachine(configuration)
  }

  func testTwentyRunsLeaveNothingBehind() throws {
    let disk = try TestFile(Data(count: 1 << 20))
    let folder = try TestFolder()
    // A place of its own for what is temporary: other programs come and go in the common one.
    let previous = ProcessInfo.processInfo.environment["TMPDIR"]
    setenv("TMPDIR", folder.url.path, 1)
    defer { if let previous { setenv("TMPDIR", previous, 1) } else { unsetenv("TMPDIR") } }
    let before = temporaryNames()
    var descriptors = 0
    for round in 0..<20 {
      let machine = try machine(disk, folder)
      try machine.start()
      try machine.stop()
      // The first round starts what stays: the module's own threads and theirs.
      if round == 0 { descriptors = settled { count("/proc/self/fd") } }
    }
    XCTAssertLessThanOrEqual(settled { count("/proc/self/fd") }, descriptors)
    XCTAssertEqual(temporaryNames(), before)
    for _ in 0..<100 where !children().isEmpty { usleep(50_000) }
    XCTAssertEqual(children(), [])
  }

  /// The value once it does not go down any more: what has ended goes away a moment later.
  private func settled(_ measure: () -> Int) -> Int {
    var smallest = measure()
    for _ in 0..<20 {
      usleep(50_000)
      smallest = min(smallest, measure())
    }
    return smallest
  }

  func testFailedStartsLeaveNothingBehind() throws {
    let disk = try TestFile(Data(count: 1 << 20))
    let folder = try TestFolder()
    let holder = try machine(disk, folder)
    try holder.start()
    let descriptors = settled { count("/proc/self/fd") }
    for _ in 0..<10 { XCTAssertThrowsError(try machine(disk, folder).start()) }
    XCTAssertLessThanOrEqual(settled { count("/proc/self/fd") }, descriptors)
    try holder.stop()
  }

  /// No test, but the role of the process that is killed in the next one.
  func testFixtureThatHoldsMachines() throws {
    guard let report = ProcessInfo.processInfo.environment["VZKIT_TEST_REPORT"] else { return }
    let folder = try TestFolder()
    let disks = try (0..<3).map { _ in try TestFile(Data(count: 1 << 20)) }
    let machines = try disks.map { try machine($0, folder) }
    for machine in machines { try machine.start() }
    var processes: [pid_t] = []
    for machine in machines {
      processes.append(try XCTUnwrap(machine.machine.hypervisorProcessIdentifier))
      processes += try XCTUnwrap(machine.machine.session).daemonProcessIdentifiers
    }
    try Data(processes.map { "\($0)" }.joined(separator: " ").utf8).write(
      to: URL(fileURLWithPath: report), options: .atomic)
    sleep(120)
  }

  func testDeathOfTheProcessTakesTheHypervisorsAlong() throws {
    _ = try Guest.configuration()
    let report = try TestFolder()
    let path = report.url.appendingPathComponent("processes").path
    // It is killed, so that what it makes is for this test to remove.
    let child = try startFixture(reportingTo: path, temporaryFolder: report.url.path)
    defer { kill(child, SIGKILL) }
    for _ in 0..<600 where !FileManager.default.fileExists(atPath: path) { usleep(100_000) }
    let processes = try XCTUnwrap(report.read("processes")).split(separator: " ").compactMap { pid_t($0) }
    XCTAssertGreaterThanOrEqual(processes.count, 3)
    for process in processes { XCTAssertEqual(kill(process, 0), 0) }
    kill(child, SIGKILL)
    var status: Int32 = 0
    waitpid(child, &status, 0)
    for process in processes {
      for _ in 0..<200 where isAlive(process) { usleep(50_000) }
      XCTAssertFalse(isAlive(process), "process \(process) outlived the one that started it")
    }
  }

  /// A process that is dead but not yet reaped by the system does not count.
  private func isAlive(_ process: pid_t) -> Bool {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let state = text[(text.lastIndex(of: ")") ?? text.startIndex)...].dropFirst(2).first
    else { return false }
    return state != "Z" && state != "X"
  }

  /// Runs this same test program for the fixture alone.
  private func startFixture(reportingTo path: String, temporaryFolder: String) throws -> pid_t {
    let data = try XCTUnwrap(FileManager.default.contents(atPath: "/proc/self/cmdline"))
    var arguments = data.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    let bundle = try XCTUnwrap(arguments.lastIndex { $0.hasSuffix(".xctest") })
    arguments = Array(arguments[...bundle]) + ["VirtualizationTests.LeakTests/testFixtureThatHoldsMachines"]
    let process = Process()
    process.executableURL = URL(fileURLWithPath: arguments[0])
    process.arguments = Array(arguments.dropFirst())
    process.environment = ProcessInfo.processInfo.environment.merging([
      "VZKIT_TEST_REPORT": path, "TMPDIR": temporaryFolder,
    ]) { $1 }
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    return process.processIdentifier
  }
}
