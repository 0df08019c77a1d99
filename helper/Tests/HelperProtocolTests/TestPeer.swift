import Foundation
import JSONRPC
import XCTest

@testable import HelperProtocol

/// A client that speaks lines of JSON to a route table over a real connection.
final class TestPeer {
  private let toHelper = Pipe()
  private let fromHelper = Pipe()
  private var received = Data()
  private let connection: Connection

  init(_ table: RouteTable) {
    // The connection closes what it is given, and so does a pipe: each gets its own descriptor.
    connection = Connection(
      input: dup(toHelper.fileHandleForReading.fileDescriptor),
      output: dup(fromHelper.fileHandleForWriting.fileDescriptor), service: TableService(table))
    try? fromHelper.fileHandleForWriting.close()
    connection.start()
  }

  deinit {
    connection.close()
  }

  func send(_ line: String) {
    toHelper.fileHandleForWriting.write(Data("\(line)\n".utf8))
  }

  /// The next line of the helper, as JSON.
  func receive() throws -> JSONValue {
    while true {
      if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
        let line = received[received.startIndex..<end]
        received.removeSubrange(received.startIndex...end)
        return try WireCoder.decode(JSONValue.self, from: line, root: "line")
      }
      let more = fromHelper.fileHandleForReading.availableData
      if more.isEmpty { throw EndOfOutput() }
      received.append(more)
    }
  }

  /// Sends a request and takes the one line that it leads to.
  func ask(_ method: String, _ params: String? = nil) throws -> JSONValue {
    send(#"{"jsonrpc":"2.0","id":1,"method":"\#(method)"\#(params.map { #","params":\#($0)"# } ?? "")}"#)
    return try receive()
  }

  struct EndOfOutput: Error {}
}

private final class TableService: RPCService {
  private let table: RouteTable

  init(_ table: RouteTable) {
    self.table = table
  }

  func handle(_ request: PendingRequest, params: RawJSON?) {
    table.route(request, params: params)
  }

  func handleNotification(method: String, params: RawJSON?, on connection: Connection) {}
  func connectionDidClose(_ connection: Connection, reason: ConnectionEnd) {}
}

extension JSONValue {
  /// A member of an object, or of a list by its number; null where there is none.
  subscript(_ path: String) -> JSONValue {
    path.split(separator: ".").reduce(self) { value, key in
      if case .object(let members) = value { return members[String(key)] ?? .null }
      if case .array(let items) = value, let index = Int(key), items.indices.contains(index) { return items[index] }
      return .null
    }
  }

  var text: String? {
    if case .string(let text) = self { return text }
    return nil
  }
}
