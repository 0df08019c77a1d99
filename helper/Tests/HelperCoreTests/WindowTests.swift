import Foundation
import HelperProtocol
import HelperWindow
import HostSystem
import XCTest

@testable import HelperCore

/// What opening and closing windows does to machines and clients. The machines are real; the windows, which need a GUI, are
/// only noted.
final class WindowTests: XCTestCase {
  private let windows = Locked<[NotedWindow]>([])

  private func helper() throws -> LocalHelper {
    try LocalHelper(grace: 0) { [windows] _, options, shouldClose in
      let window = NotedWindow(title: options.title, shouldClose: shouldClose)
      windows.with { $0.append(window) }
      return window
    }
  }

  private func create(_ local: LocalHelper, boot: Bool = true) throws -> Machine {
    let configuration = try TestGuest.configuration()
    let result = try local.client.call("machine.create", ["configuration": configuration, "name": "windowed"])
    let handle = try XCTUnwrap(result["machine"] as? String)
    if boot {
      _ = try local.client.call("machine.start", ["machine": handle])
      _ = try TestGuest.waitForConsole(local.client, handle, "vzkit-guest: ready")
    }
    return try local.helper.machines.find(handle)
  }

  private func open(_ local: LocalHelper, _ machine: Machine, _ behavior: WindowCloseBehavior) throws -> NotedWindow {
    let options = MachineWindowContent(
      title: "test", width: nil, height: nil, displayWidth: 640, displayHeight: 480, capturesSystemKeys: true,
      automaticallyReconfiguresDisplay: true)
    local.helper.windows.open(machine, options, behavior)
    return try XCTUnwrap(windows.value.last)
  }

  private func reason(_ local: LocalHelper) throws -> String? {
    try local.client.event("window.closed")["reason"] as? String
  }

  func testAWindowClosesAndTheMachineGoesOn() throws {
    let local = try helper()
    let machine = try create(local)
    let window = try open(local, machine, .keepRunning)
    XCTAssertTrue(window.personCloses())
    XCTAssertEqual(try reason(local), "user")
    XCTAssertEqual(machine.currentState, .running)

    let second = try open(local, machine, .keepRunning)
    _ = try local.client.call("window.close", ["machine": machine.handle])
    XCTAssertEqual(try reason(local), "request")
    XCTAssertTrue(second.isClosed)
    _ = try local.client.call("window.close", ["machine": machine.handle])

    let third = try open(local, machine, .keepRunning)
    let fourth = try open(local, machine, .keepRunning)
    XCTAssertTrue(third.isClosed, "another took its place")
    XCTAssertTrue(third.personCloses())
    XCTAssertFalse(fourth.isClosed)
    _ = try local.client.call("machine.stop", ["machine": machine.handle])
    XCTAssertEqual(try reason(local), "machineStopped")
    XCTAssertTrue(fourth.isClosed)
    XCTAssertTrue(local.client.events("window.closed").isEmpty, "each window is told of once")
    local.end(self)
  }

  func testClosingAsksTheGuestAndTheWindowStaysUntilItIsOff() throws {
    let local = try helper()
    let machine = try create(local)
    let window = try open(local, machine, .requestStop)
    XCTAssertFalse(window.personCloses())
    XCTAssertEqual(try local.client.event("machine.stopped")["reason"] as? String, "request")
    XCTAssertEqual(try reason(local), "machineStopped")
    XCTAssertTrue(window.isClosed)

    let again = try open(local, machine, .requestStop)
    XCTAssertTrue(again.personCloses(), "there is nobody to ask")
    XCTAssertEqual(try reason(local), "user")
    local.end(self)
  }

  func testClosingTwiceClosesTheWindowOfAGuestThatDoesNotListen() throws {
    let local = try helper()
    let machine = try create(local, boot: false)
    // This early the guest's kernel does not hear its power button.
    _ = try local.client.call("machine.start", ["machine": machine.handle])
    let window = try open(local, machine, .requestStop)
    XCTAssertFalse(window.personCloses())
    XCTAssertTrue(window.personCloses())
    XCTAssertEqual(try reason(local), "user")
    local.end(self)
  }

  func testClosingStopsTheMachine() throws {
    let local = try helper()
    let machine = try create(local)
    let window = try open(local, machine, .stop)
    XCTAssertTrue(window.personCloses())
    XCTAssertEqual(try reason(local), "user")
    XCTAssertEqual(try local.client.event("machine.stopped")["reason"] as? String, "stop")
    XCTAssertTrue(local.client.events("window.closed").isEmpty)
    local.end(self)
  }

  func testAWindowGoesWithItsMachine() throws {
    let local = try helper()
    let machine = try create(local, boot: false)
    let window = try open(local, machine, .keepRunning)
    _ = try local.client.call("machine.dispose", ["machine": machine.handle])
    XCTAssertEqual(try reason(local), "request")
    XCTAssertTrue(window.isClosed)
    local.end(self)
  }
}

/// Stands where a window would be.
private final class NotedWindow: OpenWindow, @unchecked Sendable {  // the fields are constants or locked
  let title: String
  private let shouldClose: () -> Bool
  private let closed = Locked(false)

  init(title: String, shouldClose: @escaping () -> Bool) {
    self.title = title
    self.shouldClose = shouldClose
  }

  var isClosed: Bool { closed.value }

  func close() { closed.value = true }

  /// The red button. True when the window is gone.
  func personCloses() -> Bool { shouldClose() }
}
