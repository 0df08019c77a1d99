import Foundation
import HostSystem
import Platform
import XCTest

@testable import HelperCore

/// The helper as a program: how it ends and what it leaves.
final class HelperProcessTests: XCTestCase {
  private var folder: TemporaryFolder!

  override func setUpWithError() throws { folder = try TemporaryFolder() }

  override func tearDown() { folder = nil }

  private func launch(_ arguments: [String] = []) throws -> HelperProcess {
    try HelperProcess(arguments, environment: ["XDG_RUNTIME_DIR": folder.path])
  }

  /// Starts a machine and returns the processes that came with it.
  private func startMachine(
    in helper: HelperProcess, _ more: [String: Any] = [:], name: String = "m"
  ) throws -> Set<Int32> {
    let before = try Processes.ofGuests(of: helper.process.processIdentifier)
    let configuration = try TestGuest.configuration(more)
    let result = try helper.client.call("machine.create", ["configuration": configuration, "name": name])
    let machine = try XCTUnwrap(result["machine"] as? String)
    try start(machine, helper.client)
    _ = try helper.client.call("console.attach", ["machine": machine])
    XCTAssertFalse(folder.names.isEmpty)
    return try Processes.ofGuests(of: helper.process.processIdentifier).subtracting(before)
  }

  /// - Throws: `XCTSkip` where the helper beside the tests is not signed as macOS demands.
  private func start(_ machine: Any?, _ client: TestClient) throws {
    let answer = try client.wait(client.send("machine.start", ["machine": machine ?? ""]))
    let error = answer["error"] as? [String: Any]
    if (error?["data"] as? [String: Any])?["kind"] as? String == "entitlementMissing" {
      throw XCTSkip("the helper beside the tests is not signed; `npm run test:swift` signs it")
    }
    XCTAssertNil(error)
  }

  func testTheEndOfInputEndsEverything() throws {
    let helper = try launch(["--grace", "0.5"])
    let children = try startMachine(in: helper)
    XCTAssertFalse(children.isEmpty)
    helper.client.endInput()
    _ = helper.waitForEnd()
    XCTAssertEqual(helper.process.terminationStatus, 0)
    XCTAssertTrue(Processes.areGone(children))
    XCTAssertEqual(folder.names, [])
  }

  func testASignalEndsEverythingAndASecondOneDoesNotWait() throws {
    for signals in [[SIGTERM], [SIGINT, SIGINT]] {
      let helper = try launch(["--grace", signals.count > 1 ? "600" : "0.5"])
      let children = try startMachine(in: helper)
      XCTAssertFalse(children.isEmpty)
      for signal in signals {
        kill(helper.process.processIdentifier, signal)
        usleep(300_000)
      }
      _ = helper.waitForEnd()
      XCTAssertEqual(helper.process.terminationStatus, 0)
      XCTAssertEqual(helper.process.terminationReason, .exit)
      XCTAssertTrue(Processes.areGone(children))
      XCTAssertEqual(folder.names, [])
    }
  }

  func testAKilledHelperLeavesNoProcessAndTheNextOneCleansUp() throws {
    let helper = try launch()
    let children = try startMachine(in: helper)
    XCTAssertFalse(children.isEmpty)
    kill(helper.process.processIdentifier, SIGKILL)
    _ = helper.waitForEnd()
    XCTAssertTrue(Processes.areGone(children))
    let left = folder.names
    XCTAssertFalse(left.isEmpty)
    let next = try launch(["--grace", "0"])
    _ = try startMachine(in: next)
    XCTAssertTrue(Set(folder.names).isDisjoint(with: left))
    next.client.endInput()
    _ = next.waitForEnd()
    XCTAssertEqual(folder.names, [])
  }

  func testASecondHelperIsToldWhoHasTheDisk() throws {
    let (first, second) = (try launch(["--grace", "0"]), try launch(["--grace", "0"]))
    let image = try TemporaryFolder()
    let disk: [String: Any] = [
      "storageDevices": [
        [
          "kind": "virtioBlock",
          "attachment": ["kind": "diskImage", "path": try image.file("disk.img", Data(count: 1 << 20))],
        ]
      ]
    ]
    _ = try startMachine(in: first, disk, name: "owner")
    let created = try second.client.call("machine.create", ["configuration": try TestGuest.configuration(disk)])
    let error = try second.client.failure("machine.start", ["machine": created["machine"] ?? ""])
    XCTAssertEqual(error["kind"] as? String, "inUse")
    let message = error["message"] as? String ?? ""
    XCTAssertTrue(message.contains("owner") && message.contains("\(first.process.processIdentifier)"), message)
    for helper in [first, second] {
      helper.client.endInput()
      _ = helper.waitForEnd()
    }
  }

  func testALimitOnFileSizesIsAnErrorNotTheEnd() throws {
    let helper = try HelperProcess(limits: "ulimit -f 1000")
    let params: [String: Any] = ["path": "\(folder.path)/disk.img", "size": 1 << 30]
    XCTAssertEqual(try helper.client.failure("disk.create", params)["kind"] as? String, "outOfDiskSpace")
    XCTAssertEqual(folder.names, [])
    XCTAssertNotNil(try helper.client.call("ping"))
    helper.client.endInput()
    _ = helper.waitForEnd()
  }

  func testRefusesACommandLineItDoesNotUnderstand() throws {
    let helper = try launch(["--frobnicate"])
    XCTAssertTrue(helper.waitForEnd().contains("--frobnicate"))
    XCTAssertNotEqual(helper.process.terminationStatus, 0)
    let long = try launch(["--listen", folder.path + "/" + String(repeating: "x", count: 100)])
    XCTAssertTrue(long.waitForEnd().contains("100 bytes"))
    XCTAssertNotEqual(long.process.terminationStatus, 0)
  }

  func testADetachedHelperKeepsMachinesAndItsSocketPrivate() throws {
    let socket = "\(folder.path)/helper.sock"
    let server = try launch(["--listen", socket, "--grace", "0"])
    let first = try connect(to: socket)
    let created = try first.call("machine.create", ["configuration": try TestGuest.configuration(), "name": "kept"])
    try start(created["machine"], first)
    first.endInput()
    try first.waitForEnd()
    var status = stat()
    stat(socket, &status)
    XCTAssertEqual(status.st_mode & 0o777, 0o600)
    XCTAssertTrue(try launch(["--listen", socket]).waitForEnd().contains("another helper"))
    let second = try connect(to: socket)
    let machines = try second.call("machine.list")["machines"] as? [[String: Any]]
    XCTAssertEqual(machines?.first?["state"] as? String, "running")
    _ = try second.call("shutdown")
    _ = server.waitForEnd()
    XCTAssertEqual(server.process.terminationStatus, 0)
    XCTAssertEqual(folder.names, [])
  }

  func testAClientThatDoesNotReadHoldsUpNobody() throws {
    let socket = "\(folder.path)/helper.sock"
    let server = try launch(["--listen", socket, "--grace", "0"])
    let stuck = try connected(to: socket)
    defer { close(stuck) }
    let active = try connect(to: socket)
    let created = try active.call("machine.create", ["configuration": try TestGuest.configuration()])
    // The answers fill the socket, and every event of the machine has to join them.
    _ = fcntl(stuck, F_SETFL, fcntl(stuck, F_GETFL) | O_NONBLOCK)
    let request = Array(#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}"#.utf8) + [0x0A]
    var query = pollfd(fd: stuck, events: Int16(POLLOUT), revents: 0)
    var sent = 0
    while poll(&query, 1, 500) > 0 {
      let rest = request[(sent % request.count)...]
      sent += max(rest.withUnsafeBytes { write(stuck, $0.baseAddress, $0.count) }, 0)
    }
    XCTAssertGreaterThan(sent, 100_000)
    for _ in 0..<3 {
      try start(created["machine"], active)
      _ = try active.call("machine.stop", ["machine": created["machine"] ?? ""])
    }
    _ = try active.call("shutdown")
    _ = server.waitForEnd()
    XCTAssertEqual(server.process.terminationStatus, 0)
    XCTAssertEqual(folder.names, [])
  }

  private func connect(to path: String) throws -> TestClient {
    let descriptor = try connected(to: path)
    return TestClient(reading: descriptor, writing: descriptor)
  }

  private func connected(to path: String) throws -> Int32 {
    for _ in 0..<200 {
      if let descriptor = try? UnixSocket.connect(to: path) { return descriptor }
      usleep(50_000)
    }
    throw TestClient.Gone(what: "the helper's socket")
  }
}
