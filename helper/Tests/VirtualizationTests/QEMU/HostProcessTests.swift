import Foundation
import XCTest

@testable import Virtualization

final class HostProcessTests: XCTestCase {
  private func isEnding(state: String = "S", flags: UInt64 = 0, pending: String = "0000000000000000") -> Bool {
    HostProcess.isEnding(
      stat: "4711 (a (very) odd name) \(state) 1 4711 4711 0 -1 \(flags) 100 0",
      status: "Name:\tx\nSigPnd:\t\(pending)\nShdPnd:\t0000000000000000\n")
  }

  func testAProcessIsEndingWhenItIsDeadOrKilledOrOnItsWayOut() {
    XCTAssertFalse(isEnding())
    XCTAssertFalse(isEnding(flags: 0x400100))
    XCTAssertTrue(isEnding(state: "Z"))
    XCTAssertTrue(isEnding(state: "X"))
    XCTAssertTrue(isEnding(flags: 0x40_010c))
    XCTAssertTrue(isEnding(pending: "0000000000000100"))
    XCTAssertFalse(isEnding(pending: "0000000000004000"), "asked to end, it may take its time")
  }

  func testLooksAtProcessesOfThisHost() throws {
    XCTAssertFalse(HostProcess.isEnding(getpid()))
    XCTAssertFalse(HostProcess.isEnding(1))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "exit 0"]
    try process.run()
    process.waitUntilExit()
    XCTAssertTrue(HostProcess.isEnding(process.processIdentifier))
  }
}
