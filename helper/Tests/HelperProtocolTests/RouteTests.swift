import Foundation
import JSONRPC
import XCTest

@testable import HelperProtocol

/// Requests on their way to a handler and answers on their way back, over a real connection.
final class RouteTests: XCTestCase {
  func testParamsReachTheHandlerAndTheResultTheCaller() throws {
    let peer = TestPeer(
      table { (params: DiskCreateParams, reply: Reply<DiskCreateResult>) in
        reply.succeed(DiskCreateResult(path: params.path, size: params.size * 2))
      })
    let answer = try peer.ask("disk.create", #"{"path":"/a/é","size":512}"#)
    XCTAssertEqual(answer["result"], .object(["path": "/a/é", "size": 1024]))
  }

  func testParamsThatDoNotFitAreAnsweredWithTheirPath() throws {
    let peer = TestPeer(table { (_: DiskCreateParams, _: Reply<DiskCreateResult>) in XCTFail("must not be called") })
    let error = try peer.ask("disk.create", #"{"path":"/a","size":"big"}"#)["error"]
    XCTAssertEqual(error["code"], -32602)
    XCTAssertEqual(error["message"], "params.size must be a whole number from 0 to 2^53 - 1, not a string")
    XCTAssertEqual(error["data.kind"], "invalidParams")
    XCTAssertEqual(error["data.path"], "params.size")
    XCTAssertEqual(error["data.hint"].text, ErrorKind.invalidParams.hint)
    XCTAssertEqual(try peer.ask("disk.create")["error.data.path"], "params.path")
    XCTAssertEqual(try peer.ask("disk.create", "[1]")["error.message"], "params must be an object, not a list")
  }

  func testMethodsWithoutParamsIgnoreWhatIsSentAlong() throws {
    var table = RouteTable()
    table.add("ping") { (reply: Reply<PingResult>) in reply.succeed() }
    let peer = TestPeer(table)
    for params in [nil, "{}", "[]", #"{"anything":1}"#] {
      XCTAssertEqual(try peer.ask("ping", params)["result"], .object([:]))
    }
  }

  func testAnUnknownMethodNamesTheClosestOne() throws {
    let peer = TestPeer(table { (_: DiskCreateParams, _: Reply<DiskCreateResult>) in XCTFail("must not be called") })
    let error = try peer.ask("disk.crate")["error"]
    XCTAssertEqual(error["code"], -32601)
    XCTAssertEqual(error["message"], "There is no method \"disk.crate\"; did you mean \"disk.create\"?")
    XCTAssertEqual(error["data.kind"], "methodNotFound")
    XCTAssertEqual(try peer.ask("makeCoffee")["error.message"], "There is no method \"makeCoffee\"")
    let long = String(repeating: "x", count: 3000)
    XCTAssertLessThan(try XCTUnwrap(peer.ask(long)["error.message"].text).count, 200)
  }

  func testAnErrorCarriesItsKindHintFactsAndCauses() throws {
    let cause = AppleError(domain: "NSPOSIXErrorDomain", code: 28, description: "No space left on device")
    let apple = AppleError(
      domain: "VZErrorDomain", code: 11, name: "outOfDiskSpace", description: "Out of disk space.", underlying: cause)
    let error = WireError(.outOfDiskSpace, "The disk is full", apple: apple, details: ["free": 12])
    let peer = TestPeer(table { (_: DiskCreateParams, reply: Reply<DiskCreateResult>) in reply.fail(error) })
    let answer = try peer.ask("disk.create", #"{"path":"/a","size":512}"#)["error"]
    XCTAssertEqual(answer["code"], .integer(Int64(ErrorKind.outOfDiskSpace.code)))
    XCTAssertEqual(answer["message"], "The disk is full")
    XCTAssertEqual(answer["data.kind"], "outOfDiskSpace")
    XCTAssertEqual(answer["data.details.free"], 12)
    XCTAssertEqual(answer["data.apple.name"], "outOfDiskSpace")
    XCTAssertEqual(answer["data.apple.underlying.code"], 28)
    XCTAssertEqual(answer["data.path"], .null)
  }

  func testThrownErrorsBecomeAnswers() throws {
    struct Surprise: Error {}
    let peer = TestPeer(
      table { (params: DiskCreateParams, reply: Reply<DiskCreateResult>) in
        reply.answer {
          if params.size == 0 { throw WireError(.fileExists, "It is there already") }
          throw Surprise()
        }
      })
    XCTAssertEqual(try peer.ask("disk.create", #"{"path":"/a","size":0}"#)["error.data.kind"], "fileExists")
    XCTAssertEqual(try peer.ask("disk.create", #"{"path":"/a","size":1}"#)["error.code"], -32603)
  }

  func testAResultThatJSONCannotHoldIsAnInternalErrorAndNotSilence() throws {
    var table = RouteTable()
    table.add("bad") { (reply: Reply<Double>) in reply.succeed(.infinity) }
    XCTAssertEqual(try TestPeer(table).ask("bad")["error.data.kind"], "internalError")
  }

  func testProgressGoesToWhomAskedForIt() throws {
    let peer = TestPeer(
      table { (params: DiskCreateParams, reply: Reply<DiskCreateResult>) in
        reply.progress(DiskProgress(completed: 1, total: 2))
        reply.succeed(DiskCreateResult(path: params.path, size: params.size))
      })
    let first = try peer.ask("disk.create", #"{"path":"/a","size":512,"progressToken":"t"}"#)
    XCTAssertEqual(first["method"], "$/progress")
    XCTAssertEqual(first["params"], .object(["token": "t", "value": .object(["completed": 1, "total": 2])]))
    XCTAssertEqual(try peer.receive()["result.size"], 512)
    XCTAssertEqual(try peer.ask("disk.create", #"{"path":"/a","size":512}"#)["result.size"], 512)
  }

  func testACancelledRequestIsToldSo() throws {
    let peer = TestPeer(
      table { (_: DiskCreateParams, reply: Reply<DiskCreateResult>) in
        reply.onCancel { reply.fail(WireError(.requestCancelled, "disk.create was cancelled")) }
      })
    peer.send(#"{"jsonrpc":"2.0","id":7,"method":"disk.create","params":{"path":"/a","size":512}}"#)
    peer.send(#"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":7}}"#)
    let answer = try peer.receive()
    XCTAssertEqual(answer["id"], 7)
    XCTAssertEqual(answer["error.code"], -32800)
    XCTAssertEqual(answer["error.data.kind"], "requestCancelled")
  }

  func testEventsAreNotifications() throws {
    var table = RouteTable()
    table.add("ping") { (reply: Reply<PingResult>) in
      reply.connection.send(MachineStateChangedEvent(machine: "m", state: .running, previousState: .starting))
      reply.succeed()
    }
    let peer = TestPeer(table)
    let event = try peer.ask("ping")
    XCTAssertEqual(event["method"], "machine.stateChanged")
    XCTAssertEqual(event["params.state"], "running")
    XCTAssertEqual(try peer.receive()["result"], .object([:]))
  }

  func testTheTransportsOwnErrorsHaveTheCodesOfTheProtocol() {
    XCTAssertEqual(RPCError.parseError("").code, ErrorKind.parseError.code)
    XCTAssertEqual(RPCError.invalidRequest("").code, ErrorKind.invalidRequest.code)
    XCTAssertEqual(RPCError.methodNotFound("").code, ErrorKind.methodNotFound.code)
    XCTAssertEqual(RPCError.invalidParams("").code, ErrorKind.invalidParams.code)
    XCTAssertEqual(RPCError.internalError("").code, ErrorKind.internalError.code)
    XCTAssertEqual(RPCError.requestCancelled.code, ErrorKind.requestCancelled.code)
    XCTAssertEqual(RPCError.frameTooLarge(size: nil, limit: 1).code, ErrorKind.frameTooLarge.code)
  }

  private func table(
    _ handler: @escaping @Sendable (DiskCreateParams, Reply<DiskCreateResult>) -> Void
  ) -> RouteTable {
    var table = RouteTable()
    table.add("disk.create", handler)
    return table
  }
}
