import XCTest

@testable import Virtualization

/// A machine from start to its end, with real guests.
final class MachineLifeTests: XCTestCase {
  func testGuestBootsAndTurnsItselfOff() throws {
    let console = try GuestConsole()
    let configuration = try Guest.configuration(running: "echo sum is $((40+2))")
    configuration.serialPorts = [console.configuration]
    let machine = TestMachine(configuration)
    XCTAssertEqual(machine.state, .stopped)
    try machine.start()
    XCTAssertEqual(machine.state, .running)
    XCTAssertEqual(try machine.ending(), .guestStopped)
    XCTAssertEqual(machine.state, .stopped)
    try console.wait(for: "sum is 42")
    try console.wait(for: "vzkit-guest: exit 0")
  }
}
