import Foundation
import XCTest

@testable import HelperCore

/// Machines in real life: the framework's module, QEMU and a guest.
final class MachineTests: XCTestCase {
  private var local: LocalHelper!
  private var client: TestClient { local.client }

  override func setUpWithError() throws {
    _ = try TestGuest.configuration()
    local = try LocalHelper(grace: 1)
  }

  override func tearDown() {
    guard let local else { return }
    local.end(self)
    XCTAssertEqual(local.folder.names, [], "the helper left files behind")
    self.local = nil
  }

  private func create(_ more: [String: Any] = [:], name: String? = nil, commandLine: String = "") throws -> String {
    var params: [String: Any] = ["configuration": try TestGuest.configuration(more, commandLine: commandLine)]
    params["name"] = name
    return try XCTUnwrap(client.call("machine.create", params)["machine"] as? String)
  }

  private func states(of machine: String) -> [String] {
    client.events("machine.stateChanged").filter { $0["machine"] as? String == machine }
      .compactMap { $0["state"] as? String }
  }

  func testRequestsAreCarriedOutInTheOrderSent() throws {
    let machine = try create()
    let methods = ["start", "pause", "resume", "stop", "start", "stop"]
    let ids = methods.map { client.send("machine.\($0)", ["machine": machine]) }
    for id in ids { XCTAssertNotNil(try client.wait(id)["result"]) }
    XCTAssertEqual(
      states(of: machine),
      [
        "starting", "running", "pausing", "paused", "resuming", "running", "stopping", "stopped", "starting", "running",
        "stopping", "stopped",
      ])
    XCTAssertEqual(client.events("machine.stopped").compactMap { $0["reason"] as? String }, ["stop", "stop"])
  }

  func testCancelOvertakesWhatWaitsAndStopsWhatStarts() throws {
    let machine = try create()
    let start = client.send("machine.start", ["machine": machine])
    let pause = client.send("machine.pause", ["machine": machine])
    client.cancel(pause)
    client.cancel(start)
    XCTAssertEqual(try client.failure(of: pause)["kind"] as? String, "requestCancelled")
    XCTAssertEqual(try client.failure(of: start)["kind"] as? String, "requestCancelled")
    let state = try client.call("machine.state", ["machine": machine])
    XCTAssertEqual(state["state"] as? String, "stopped")
    XCTAssertFalse(states(of: machine).contains("paused"))
    XCTAssertLessThanOrEqual(client.events("machine.stopped").count, 1)
  }

  func testTellsWhyAMachineStoppedOnceForEachStart() throws {
    let machine = try create()
    let reasons: [(String, () throws -> Void)] = [
      ("stop", { _ = try self.client.call("machine.stop", ["machine": machine]) }),
      (
        "request",
        {
          _ = try TestGuest.waitForConsole(self.client, machine, "vzkit-guest: ready")
          _ = try self.client.call("machine.requestStop", ["machine": machine, "stopAfter": 60])
        }
      ),
      (
        "error",
        {
          let state = try self.client.call("machine.state", ["machine": machine])
          kill(try XCTUnwrap(state["hypervisorProcessIdentifier"] as? Int32), SIGKILL)
        }
      ),
    ]
    for (reason, end) in reasons {
      _ = try client.call("machine.start", ["machine": machine])
      try end()
      let event = try client.event("machine.stopped")
      XCTAssertEqual(event["reason"] as? String, reason)
      let error = event["error"] as? [String: Any]
      XCTAssertEqual(error?["kind"] as? String, reason == "error" ? "hypervisorFailed" : nil)
    }
    XCTAssertEqual(states(of: machine).last, "error")
    _ = try client.call("machine.dispose", ["machine": machine])
    XCTAssertEqual(client.events("machine.stopped").count, 0, "no further one came")
  }

  func testAGuestThatTurnsItselfOffIsToldOfWithoutARequest() throws {
    let machine = try create(commandLine: "vzkit.run=true")
    _ = try client.call("machine.start", ["machine": machine])
    XCTAssertEqual(try client.event("machine.stopped")["reason"] as? String, "guest")
  }

  func testRefusesWhatTheStateDoesNotAllowInTheFrameworksWords() throws {
    let machine = try create()
    for (method, kind) in [
      ("pause", "invalidStateTransition"), ("resume", "invalidStateTransition"), ("stop", "invalidStateTransition"),
      ("requestStop", "invalidState"),
    ] {
      let error = try client.failure("machine.\(method)", ["machine": machine])
      XCTAssertEqual(error["kind"] as? String, kind, method)
      XCTAssertEqual((error["apple"] as? [String: Any])?["code"] as? Int, 4, method)
    }
    XCTAssertEqual(states(of: machine), [], "nothing happened to the machine")
  }

  func testStartsPausedAndAsksTheHypervisorItself() throws {
    let machine = try create()
    _ = try client.call("machine.start", ["machine": machine, "paused": true])
    let state = try client.call("machine.state", ["machine": machine, "live": true])
    XCTAssertEqual(state["state"] as? String, "paused")
    XCTAssertEqual(state["hypervisorStatus"] as? String, "paused")
    _ = try client.call("machine.dispose", ["machine": machine])
    XCTAssertEqual(try client.failure("machine.state", ["machine": machine])["kind"] as? String, "machineNotFound")
    XCTAssertEqual((try client.call("machine.list")["machines"] as? [Any])?.count, 0)
  }

  func testTheConsoleOutlivesTheGuest() throws {
    let machine = try create(commandLine: "vzkit.run=true")
    let path = try XCTUnwrap(client.call("console.attach", ["machine": machine])["path"] as? String)
    let stream = try TestStream(path: path)
    for _ in 0..<2 {
      _ = try client.call("machine.start", ["machine": machine])
      _ = try stream.read(until: "vzkit-guest: exit 0")
      _ = try client.event("machine.stopped")
    }
    let replay = try TestGuest.waitForConsole(client, machine, "ready")
    XCTAssertTrue(replay.contains("vzkit-guest: up"))
  }

  func testADiskIsLockedWhileAMachineRuns() throws {
    let folder = try TemporaryFolder()
    let disk: [String: Any] = [
      "storageDevices": [
        [
          "kind": "virtioBlock",
          "attachment": ["kind": "diskImage", "path": try folder.file("disk.img", Data(count: 1 << 20))],
        ]
      ]
    ]
    let (first, second) = (try create(disk, name: "first"), try create(disk, name: "second"))
    _ = try client.call("machine.start", ["machine": first])
    let error = try client.failure("machine.start", ["machine": second])
    XCTAssertEqual(error["kind"] as? String, "inUse")
    XCTAssertTrue((error["message"] as? String ?? "").contains("\"first\""), "\(error)")
    XCTAssertEqual(states(of: second), [])
    _ = try client.call("machine.stop", ["machine": first])
    _ = try client.call("machine.start", ["machine": second])
  }

  func testDevicesThatAreNotConfiguredAreNamed() throws {
    let machine = try create()
    for (method, more) in [("balloon.target", [:]), ("socket.connect", ["port": 1]), ("socket.listen", ["port": 1])]
      as [(String, [String: Any])]
    {
      let params = ["machine": machine].merging(more) { $1 }
      XCTAssertEqual(try client.failure(method, params)["kind"] as? String, "deviceNotConfigured", method)
    }
    let error = try client.failure("console.attach", ["machine": machine, "console": "nothing"])
    XCTAssertEqual(error["kind"] as? String, "consoleNotFound")
    XCTAssertTrue((error["message"] as? String ?? "").contains("serial0"))
  }
}
