import Foundation
import HelperProtocol
import Platform
import XCTest

@testable import HelperCore

final class DiskImageMakerTests: XCTestCase {
  private var folder: TemporaryFolder!

  override func setUpWithError() throws {
    // A process that will be killed could not remove it.
    if ProcessInfo.processInfo.environment["VZKIT_TEST_IMAGE"] == nil { folder = try TemporaryFolder() }
  }

  override func tearDown() { folder = nil }

  private func make(
    _ name: String, size: UInt64, isSparse: Bool = true, overwrite: Bool = false,
    isCancelled: @escaping () -> Bool = { false }, onProgress: @escaping (UInt64) -> Void = { _ in }
  ) throws {
    try DiskImageMaker(
      path: "\(folder.path)/\(name)", size: size, isSparse: isSparse, overwrite: overwrite, isCancelled: isCancelled,
      onProgress: onProgress
    ).make()
  }

  private func status(_ name: String) -> stat {
    var status = stat()
    stat("\(folder.path)/\(name)", &status)
    return status
  }

  private func assertFails(
    _ kind: ErrorKind, line: UInt = #line, _ body: () throws -> Void
  ) {
    XCTAssertThrowsError(try body(), line: line) { XCTAssertEqual(WireError($0).kind, kind, "\($0)", line: line) }
  }

  func testASparseImageTakesNoSpace() throws {
    try make("disk.img", size: 64 << 30)
    XCTAssertEqual(status("disk.img").st_size, 64 << 30)
    XCTAssertLessThan(status("disk.img").st_blocks, 64)
    XCTAssertEqual(folder.names, ["disk.img"])
  }

  func testOtherwiseAllSpaceIsTakenAndProgressTold() throws {
    var steps: [UInt64] = []
    try make("disk.img", size: (65 << 20) + 512, isSparse: false, onProgress: { steps.append($0) })
    XCTAssertEqual(status("disk.img").st_size, (65 << 20) + 512)
    XCTAssertGreaterThanOrEqual(Int(status("disk.img").st_blocks) * 512, 65 << 20)
    XCTAssertEqual(steps, [64 << 20, (65 << 20) + 512])
  }

  func testReplacesOnlyWhenAllowed() throws {
    _ = try folder.file("disk.img", Data("precious".utf8))
    assertFails(.fileExists) { try make("disk.img", size: 512) }
    XCTAssertEqual(FileManager.default.contents(atPath: "\(folder.path)/disk.img"), Data("precious".utf8))
    try make("disk.img", size: 512, overwrite: true)
    XCTAssertEqual(FileManager.default.contents(atPath: "\(folder.path)/disk.img"), Data(count: 512))
    try FileManager.default.createDirectory(atPath: "\(folder.path)/folder", withIntermediateDirectories: false)
    assertFails(.fileExists) { try make("folder", size: 512, overwrite: true) }
  }

  func testDoesNotReplaceAnImageInUse() throws {
    setenv("XDG_CACHE_HOME", folder.path + "/cache", 1)
    defer { unsetenv("XDG_CACHE_HOME") }
    let image = try folder.file("disk.img", Data(count: 1024))
    let lock = try DiskLock(image: image, isReadOnly: true, owner: .machine("reader"))
    assertFails(.inUse) { try make("disk.img", size: 512, overwrite: true) }
    XCTAssertEqual(status("disk.img").st_size, 1024)
    withExtendedLifetime(lock) {}
  }

  func testNamesAMissingFolder() {
    assertFails(.fileNotFound) { try make("nowhere/disk.img", size: 512) }
  }

  func testLeavesNothingWhenCancelled() {
    var isCancelled = false
    assertFails(.requestCancelled) {
      try make(
        "disk.img", size: 1 << 30, isSparse: false, isCancelled: { isCancelled },
        onProgress: { _ in isCancelled = true })
    }
    XCTAssertEqual(folder.names, [])
  }

  func testANamedOneIsMadeAndReplacedAllTheSame() throws {
    for overwrite in [false, true] {
      try DiskImageMaker(
        path: "\(folder.path)/disk.img", size: 1024, isSparse: true, overwrite: overwrite, isCancelled: { false },
        onProgress: { _ in XCTAssertEqual(self.folder.names.count, overwrite ? 2 : 1) }, isNamed: true
      ).make()
    }
    XCTAssertEqual(folder.names, ["disk.img"])
  }

  /// No test, but the role of the process that is killed in the next one.
  func testFixtureThatDiesInTheMiddle() throws {
    guard let path = ProcessInfo.processInfo.environment["VZKIT_TEST_IMAGE"] else { return }
    let isNamed = ProcessInfo.processInfo.environment["VZKIT_TEST_NAMED"] != nil
    try DiskImageMaker(
      path: path, size: 256 << 20, isSparse: false, overwrite: false, isCancelled: { false },
      onProgress: { _ in kill(getpid(), SIGKILL) }, isNamed: isNamed
    ).make()
  }

  #if os(Linux)
    func testKilledInTheMiddleItLeavesNothing() throws {
      let path = "\(folder.path)/disk.img"
      try dieInTheMiddle(["VZKIT_TEST_IMAGE": path])
      XCTAssertEqual(folder.names, [])

      // Where files without names are unknown, what is left is removed by the next one, though not in a hurry.
      try dieInTheMiddle(["VZKIT_TEST_IMAGE": path, "VZKIT_TEST_NAMED": "1"])
      let left = try XCTUnwrap(folder.names.first)
      XCTAssertEqual(folder.names, [left])
      try make("other.img", size: 512)
      XCTAssertEqual(folder.names, [left, "other.img"])
      try age(left)
      let held = try UnfinishedFile(for: "\(folder.path)/held.img", named: true)
      let inUse = try XCTUnwrap(folder.names.first { $0.hasPrefix(".vzkit-") && $0 != left })
      try age(inUse)
      _ = try folder.file(".vzkit-not-ours")
      try make("last.img", size: 512)
      XCTAssertEqual(Set(folder.names), [".vzkit-not-ours", inUse, "last.img", "other.img"])
      withExtendedLifetime(held) {}
    }

    /// As if nobody had written to it for a day.
    private func age(_ name: String) throws {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -86400)], ofItemAtPath: "\(folder.path)/\(name)")
    }

    /// Runs this same test program for the fixture alone, which kills itself.
    private func dieInTheMiddle(_ environment: [String: String]) throws {
      let data = try XCTUnwrap(FileManager.default.contents(atPath: "/proc/self/cmdline"))
      let arguments = data.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
      let bundle = try XCTUnwrap(arguments.lastIndex { $0.hasSuffix(".xctest") })
      let process = Process()
      process.executableURL = URL(fileURLWithPath: arguments[0])
      process.arguments =
        arguments[...bundle].dropFirst() + [
          "HelperCoreTests.DiskImageMakerTests/testFixtureThatDiesInTheMiddle"
        ]
      process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      XCTAssertEqual(process.terminationReason, .uncaughtSignal)
      XCTAssertEqual(process.terminationStatus, SIGKILL)
    }
  #endif

  func testLeavesNothingWhenTheDiskIsFull() throws {
    let mount = "\(folder.path)/small"
    try FileManager.default.createDirectory(atPath: mount, withIntermediateDirectories: false)
    guard try shell("mount -t tmpfs -o size=4m none \(mount)") == 0 else {
      throw XCTSkip("mounting a small file system needs root")
    }
    defer { _ = try? shell("umount \(mount)") }
    assertFails(.outOfDiskSpace) { try make("small/disk.img", size: 16 << 20, isSparse: false) }
    XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: mount), [])
  }

  private func shell(_ command: String) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "\(command) 2>/dev/null"]
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
