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

  func testStoppedMachineStartsAgainAsTheSameObject() throws {
    let console = try GuestConsole()
    let configuration = try Guest.configuration()
    configuration.serialPorts = [console.configuration]
    let machine = TestMachine(configuration)
    for round in 1...2 {
      try machine.start()
      try console.wait(for: "vzkit-guest: ready")
      console.send("echo round $((\(round)))")
      try console.wait(for: "round \(round)")
      let process = try XCTUnwrap(machine.machine.hypervisorProcessIdentifier)
      try machine.stop()
      XCTAssertEqual(machine.state, .stopped)
      XCTAssertNil(machine.machine.hypervisorProcessIdentifier)
      XCTAssertEqual(kill(process, 0), -1, "QEMU is reaped before the machine says that it has stopped")
      console.forget()
    }
  }

  func testPausedGuestStandsStill() throws {
    let console = try GuestConsole()
    let configuration = try Guest.configuration(
      running: "i=0; while :; do i=$((i+1)); echo tick $i; usleep 20000; done")
    configuration.serialPorts = [console.configuration]
    let machine = TestMachine(configuration)
    try machine.start()
    try console.wait(for: "tick 5\n")
    try machine.pause()
    XCTAssertEqual(machine.state, .paused)
    XCTAssertEqual(try status(of: machine), "paused")
    // What was on its way has arrived after a while; then nothing more may come.
    usleep(300_000)
    let before = console.text
    usleep(700_000)
    XCTAssertEqual(console.text, before)
    try machine.resume()
    XCTAssertEqual(machine.state, .running)
    XCTAssertEqual(try status(of: machine), "running")
    let last = try XCTUnwrap(before.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }.last)
    try console.wait(for: "tick \(last + 5)")
    try machine.stop()
  }

  func testGuestHeedsTheRequestToStop() throws {
    let console = try GuestConsole()
    let configuration = try Guest.configuration()
    configuration.serialPorts = [console.configuration]
    let machine = TestMachine(configuration)
    try machine.start()
    try console.wait(for: "vzkit-guest: ready")
    console.send("ps | grep power-but; echo looked")
    try console.wait(for: "looked")
    try machine.queue.sync { try machine.machine.requestStop() }
    XCTAssertEqual(try machine.ending(), .guestStopped)
    XCTAssertEqual(machine.state, .stopped)
  }

  func testGuestRebootsInPlace() throws {
    let console = try GuestConsole()
    let configuration = try Guest.configuration()
    configuration.serialPorts = [console.configuration]
    let machine = TestMachine(configuration)
    try machine.start()
    try console.wait(for: "vzkit-guest: ready")
    let process = machine.machine.hypervisorProcessIdentifier
    console.forget()
    console.send("reboot -f")
    try console.wait(for: "vzkit-guest: ready")
    XCTAssertEqual(machine.state, .running)
    XCTAssertEqual(machine.machine.hypervisorProcessIdentifier, process)
    try machine.stop()
  }

  func testWrongTransitionsAreRefused() throws {
    let machine = TestMachine(try Guest.configuration())
    for operation in [machine.pause, machine.resume, machine.stop] {
      XCTAssertThrowsError(try operation()) {
        XCTAssertEqual(($0 as? VZError)?.code, .invalidVirtualMachineStateTransition)
      }
    }
    XCTAssertThrowsError(try machine.queue.sync { try machine.machine.requestStop() })
    try machine.start()
    XCTAssertThrowsError(try machine.start()) {
      XCTAssertEqual(($0 as? VZError)?.code, .invalidVirtualMachineStateTransition)
    }
    XCTAssertThrowsError(try machine.resume())
    XCTAssertEqual(machine.state, .running)
    try machine.stop()
  }

  func testKilledHypervisorIsAnErrorWithItsCause() throws {
    let machine = TestMachine(try Guest.configuration())
    try machine.start()
    kill(try XCTUnwrap(machine.machine.hypervisorProcessIdentifier), SIGKILL)
    guard case .error(let text) = try machine.ending() else { return XCTFail("the guest did not stop by itself") }
    XCTAssertTrue(text.contains("signal 9"), text)
    XCTAssertEqual(machine.state, .error)
    XCTAssertTrue(machine.queue.sync { machine.machine.canStart })
    try machine.start()
    XCTAssertEqual(machine.state, .running)
    try machine.stop()
  }

  func testPauseFailsWhenTheHypervisorDiesMeanwhile() throws {
    let machine = TestMachine(try Guest.configuration())
    try machine.start()
    let process = try XCTUnwrap(machine.machine.hypervisorProcessIdentifier)
    kill(process, SIGSTOP)
    machine.queue.asyncAfter(deadline: .now() + .milliseconds(200)) { kill(process, SIGKILL) }
    XCTAssertThrowsError(try machine.pause())
    guard case .error = try machine.ending() else { return XCTFail("the guest did not stop by itself") }
    XCTAssertEqual(machine.state, .error)
  }

  func testReleasedMachineTakesItsHypervisorAlong() throws {
    var machine: TestMachine? = TestMachine(try Guest.configuration())
    try machine?.start()
    let process = try XCTUnwrap(machine?.machine.hypervisorProcessIdentifier)
    machine = nil
    for _ in 0..<500 where kill(process, 0) == 0 { usleep(10_000) }
    XCTAssertEqual(kill(process, 0), -1)
  }

  func testRefusedCommandLineIsAnErrorInQEMUsWords() throws {
    let configuration = try Guest.configuration()
    let file = try TestFile(Data("this is no kernel".utf8))
    let loader = try XCTUnwrap(configuration.bootLoader as? VZLinuxBootLoader)
    loader.kernelURL = file.url
    let machine = TestMachine(configuration)
    XCTAssertThrowsError(try machine.start()) { error in
      XCTAssertEqual((error as? VZError)?.code, .internalError)
      XCTAssertTrue(error.localizedDescription.contains("kernel"), error.localizedDescription)
    }
    XCTAssertEqual(machine.state, .stopped)
  }

  func testMissingQEMUIsNamedWithItsRemedy() throws {
    let configuration = try Guest.configuration()
    let before = ProcessInfo.processInfo.environment["VZKIT_QEMU"]
    setenv("VZKIT_QEMU", "/nonexistent/qemu", 1)
    defer { if let before { setenv("VZKIT_QEMU", before, 1) } else { unsetenv("VZKIT_QEMU") } }
    let machine = TestMachine(configuration)
    XCTAssertThrowsError(try machine.start()) { error in
      XCTAssertEqual((error as? VZError)?.code, .notSupported)
      XCTAssertTrue(error.localizedDescription.contains("/nonexistent/qemu"), error.localizedDescription)
    }
  }

  func testAsynchronousTwins() async throws {
    let machine = TestMachine(try Guest.configuration())
    try await machine.machine.start()
    try await machine.machine.pause()
    try await machine.machine.resume()
    try await machine.machine.stop()
    XCTAssertEqual(machine.state, .stopped)
    do {
      try await machine.machine.stop()
      XCTFail("a stopped machine cannot be stopped")
    } catch {
      XCTAssertEqual((error as? VZError)?.code, .invalidVirtualMachineStateTransition)
    }
  }

  private func status(of machine: TestMachine) throws -> String {
    var result: Result<String, any Error>?
    let done = DispatchSemaphore(value: 0)
    machine.machine.queryHypervisorStatus {
      result = $0
      done.signal()
    }
    done.wait()
    return try XCTUnwrap(result).get()
  }
}
