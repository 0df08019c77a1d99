import Foundation
import XCTest

@testable import HelperCore

/// Virtio sockets from a client through helper and hypervisor to a program in a guest.
final class SocketTests: XCTestCase {
  func testConnectionsBothWaysCarryBytesAndEnds() throws {
    let local = try LocalHelper(grace: 0)
    let client = local.client
    let configuration = try TestGuest.configuration(["socketDevices": [["kind": "virtio"]]])
    let machine = try XCTUnwrap(client.call("machine.create", ["configuration": configuration])["machine"] as? String)
    let params: (UInt32) -> [String: Any] = { ["machine": machine, "port": $0] }
    XCTAssertEqual(try client.failure("socket.connect", params(1024))["kind"] as? String, "invalidState")

    _ = try client.call("machine.start", ["machine": machine])
    _ = try TestGuest.waitForConsole(client, machine, "vzkit-guest: ready")
    let shell = try connectToShell(client, params(1024))
    try shell.write(Data("echo $((6 * 7))\nexit\n".utf8))
    shell.endOutput()
    XCTAssertEqual(String(decoding: try shell.readToEnd(), as: UTF8.self), "42\n")
    XCTAssertEqual(try client.failure("socket.connect", params(4321))["kind"] as? String, "guestRefused")

    _ = try client.call("socket.listen", params(3000))
    let other = try connectToShell(client, params(1024))
    try other.write(Data("echo from the guest | vsock connect 2 3000\nexit\n".utf8))
    let event = try client.event("socket.accepted")
    XCTAssertEqual(event["port"] as? Int, 3000)
    let accepted = try TestStream(path: try XCTUnwrap(event["path"] as? String))
    XCTAssertEqual(try accepted.read(until: "\n"), "from the guest\n")
    try accepted.write(Data("from the host\n".utf8))
    accepted.endOutput()
    XCTAssertEqual(String(decoding: try other.readToEnd(), as: UTF8.self), "from the host\n")

    _ = try client.call("socket.stopListening", params(3000))
    let refused = try connectToShell(client, params(1024))
    try refused.write(Data("vsock connect 2 3000 </dev/null 2>/dev/null || echo refused\nexit\n".utf8))
    XCTAssertEqual(try refused.read(until: "\n"), "refused\n")
    local.end(self)
    XCTAssertEqual(local.folder.names, [])
  }

  /// The guest's listener may come up a moment after its console says that it is ready.
  private func connectToShell(_ client: TestClient, _ params: [String: Any]) throws -> TestStream {
    for _ in 0..<100 {
      let answer = try client.wait(client.send("socket.connect", params))
      if let result = answer["result"] as? [String: Any] {
        return try TestStream(path: try XCTUnwrap(result["path"] as? String))
      }
      usleep(100_000)
    }
    throw TestClient.Gone(what: "the guest's shell")
  }
}
