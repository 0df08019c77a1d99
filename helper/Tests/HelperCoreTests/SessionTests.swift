import Foundation
import HelperProtocol
import XCTest

@testable import HelperCore

final class SessionTests: XCTestCase {
  private func withHelper(_ body: (TestClient) throws -> Void) throws {
    let local = try LocalHelper()
    try body(local.client)
    local.end(self)
    XCTAssertEqual(local.folder.names, [], "the helper left files behind")
  }

  func testAgreesOnAVersionAndDescribesItself() throws {
    try withHelper { client in
      let result = try client.call("initialize", ["protocolVersions": ["9.9", "1.0"], "client": ["name": "test"]])
      XCTAssertEqual(result["protocolVersion"] as? String, "1.0")
      XCTAssertEqual(result["protocolHash"] as? String, ProtocolVersion.hash)
      XCTAssertEqual((result["helper"] as? [String: Any])?["processIdentifier"] as? Int32, getpid())
      let host = try client.call("host.describe")
      XCTAssertEqual(host["limits"] as? NSDictionary, result["limits"] as? NSDictionary)
      let error = try client.failure("initialize", ["protocolVersions": ["0.1"]])
      XCTAssertEqual(error["kind"] as? String, "unsupportedProtocolVersion")
      XCTAssertEqual((error["details"] as? [String: Any])?["supported"] as? [String], ["1.0"])
    }
  }

  func testNamesTheParamThatIsOutOfRange() throws {
    try withHelper { client in
      let cases: [(String, [String: Any], String)] = [
        ("initialize", ["protocolVersions": ["1.0"], "shutdownGrace": 601], "params.shutdownGrace"),
        ("shutdown", ["grace": -1], "params.grace"),
        ("disk.create", ["path": "/tmp/x.img", "size": 513], "params.size"),
        ("disk.create", ["path": "/tmp/x.img", "size": 0], "params.size"),
        ("machine.requestStop", ["machine": "m", "stopAfter": 86401], "params.stopAfter"),
        ("machine.requestStop", ["machine": 7], "params.machine"),
      ]
      for (method, params, path) in cases {
        let error = try client.failure(method, params)
        XCTAssertEqual(error["kind"] as? String, "invalidParams", method)
        XCTAssertEqual(error["path"] as? String, path, method)
      }
    }
  }

  func testRefusesAMachineThatIsNotThere() throws {
    try withHelper { client in
      let methods = ["start", "pause", "resume", "requestStop", "stop", "state", "dispose"].map { "machine.\($0)" }
      for method in methods + ["console.attach", "network.addresses", "balloon.target"] {
        XCTAssertEqual(try client.failure(method, ["machine": "nobody"])["kind"] as? String, "machineNotFound", method)
      }
    }
  }

  func testMakesADiskAndTellsHowFarItIs() throws {
    try withHelper { client in
      let folder = try TemporaryFolder()
      let params: [String: Any] = [
        "path": "\(folder.path)/disk.img", "size": 1 << 20, "isSparse": false, "progressToken": "p",
      ]
      XCTAssertEqual(try client.call("disk.create", params)["size"] as? Int, 1 << 20)
      let progress = try client.event("$/progress")["value"] as? [String: Int]
      XCTAssertEqual(progress, ["completed": 1 << 20, "total": 1 << 20])
    }
  }

  func testShutdownAnswersAndTakesNothingMore() throws {
    let local = try LocalHelper()
    let ids = ["shutdown", "ping"].map { local.client.send($0) }
    XCTAssertNotNil(try local.client.wait(ids[0])["result"])
    XCTAssertEqual(try local.client.failure(of: ids[1])["kind"] as? String, "shuttingDown")
    wait(for: [local.ended], timeout: 30)
  }

  func testRequestsBeforeTheEndOfInputAreAnswered() throws {
    let local = try LocalHelper()
    let ids = ["host.describe", "machine.list", "ping"].map { local.client.send($0) }
    local.client.endInput()
    for id in ids { XCTAssertNotNil(try local.client.wait(id)["result"]) }
    wait(for: [local.ended], timeout: 30)
  }

  func testADetachedHelperStaysWhenClientsGoAndForgetsThem() throws {
    let local = try LocalHelper(mode: .detached)
    weak var session: Session?
    let second = try local.connectAnother { session = $0 }
    _ = try second.call("ping")
    second.endInput()
    try second.waitForEnd()
    for _ in 0..<100 where session != nil { usleep(50_000) }
    XCTAssertNil(session)
    XCTAssertNotNil(try local.client.call("ping"))
    XCTAssertFalse(local.helper.isEnding)
    local.end(self)
  }
}
