import XCTest

@testable import Virtualization

/// Machines side by side.
final class ManyMachinesTests: XCTestCase {
  func testTwentyMachinesCostThisProcessLittle() throws {
    let first = TestMachine(try Guest.configuration())
    try first.start()
    try first.pause()
    let before = try residentBytes()
    let machines = try (0..<20).map { _ in TestMachine(try Guest.configuration()) }
    for machine in machines {
      try machine.start()
      try machine.pause()
    }
    XCTAssertLessThan(try residentBytes() - before, machines.count << 20)
    let processes = Set(machines.compactMap { $0.machine.hypervisorProcessIdentifier })
    XCTAssertEqual(processes.count, machines.count)
    for machine in machines { XCTAssertEqual(machine.state, .paused) }
    // One that dies is no concern of the others.
    kill(try XCTUnwrap(machines[7].machine.hypervisorProcessIdentifier), SIGKILL)
    guard case .error = try machines[7].ending() else { return XCTFail("it did not stop by itself") }
    for (index, machine) in machines.enumerated() where index != 7 {
      XCTAssertEqual(machine.state, .paused)
      try machine.stop()
    }
    try first.stop()
  }

  private func residentBytes() throws -> Int {
    let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
    return try XCTUnwrap(Int(text.split(separator: " ")[1])) * Int(getpagesize())
  }

  func testPanicOfTheGuestIsAnErrorWithItsCause() throws {
    let console = try GuestConsole()
    let configuration = try Guest.configuration()
    configuration.serialPorts = [console.configuration]
    let machine = TestMachine(configuration)
    try machine.start()
    try console.wait(for: "vzkit-guest: ready")
    console.send("echo c > /proc/sysrq-trigger")
    guard case .error(let text) = try machine.ending() else { return XCTFail("the guest did not panic") }
    XCTAssertTrue(text.contains("panic"), text)
    XCTAssertEqual(machine.state, .error)
  }
}
