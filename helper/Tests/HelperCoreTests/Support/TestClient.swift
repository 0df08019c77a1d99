import Foundation
import HelperProtocol
import JSONRPC
import Platform
import XCTest

@testable import HelperCore

/// A client that speaks newline-delimited JSON over a stream, to a helper in this process or in one of its own.
final class TestClient: @unchecked Sendable {  // the fields are only touched with the lock held
  typealias Object = [String: Any]

  private let input: FileHandle
  private let output: FileHandle
  private let condition = NSCondition()
  private var answers: [Int: Object] = [:]
  private var notifications: [Object] = []
  private var lastID = 0
  private(set) var isEnded = false

  init(reading: Int32, writing: Int32) {
    input = FileHandle(fileDescriptor: reading, closeOnDealloc: true)
    output = reading == writing ? input : FileHandle(fileDescriptor: writing, closeOnDealloc: true)
    Thread.detachNewThread { [self] in readAll() }
  }

  // MARK: - Sending

  @discardableResult
  func send(_ method: String, _ params: Object = [:]) -> Int {
    condition.lock()
    lastID += 1
    let id = lastID
    condition.unlock()
    write(["jsonrpc": "2.0", "id": id, "method": method, "params": params])
    return id
  }

  func cancel(_ id: Int) {
    write(["jsonrpc": "2.0", "method": "$/cancelRequest", "params": ["id": id]])
  }

  /// Ends the input of the helper.
  func endInput() {
    shutdown(output.fileDescriptor, Int32(SHUT_WR))
    if output !== input { try? output.close() }
  }

  private func write(_ message: Object) {
    guard var data = try? JSONSerialization.data(withJSONObject: message) else {
      return XCTFail("not JSON: \(message)")
    }
    data.append(0x0A)
    try? output.write(contentsOf: data)
  }

  // MARK: - Receiving

  /// The result of a request.
  func call(
    _ method: String, _ params: Object = [:], file: StaticString = #filePath, line: UInt = #line
  ) throws -> Object {
    let answer = try wait(send(method, params), file: file, line: line)
    return try XCTUnwrap(answer["result"] as? Object, "\(method): \(answer)", file: file, line: line)
  }

  /// The error of a request that is to fail: its `data` with the message added.
  func failure(
    _ method: String, _ params: Object = [:], file: StaticString = #filePath, line: UInt = #line
  ) throws -> Object {
    try failure(of: send(method, params), file: file, line: line)
  }

  func failure(of id: Int, file: StaticString = #filePath, line: UInt = #line) throws -> Object {
    let answer = try wait(id, file: file, line: line)
    let error = try XCTUnwrap(answer["error"] as? Object, "succeeded: \(answer)", file: file, line: line)
    var data = error["data"] as? Object ?? [:]
    data["message"] = error["message"]
    return data
  }

  /// The whole answer to a request.
  func wait(_ id: Int, file: StaticString = #filePath, line: UInt = #line) throws -> Object {
    try waitFor("the answer to request \(id)", file: file, line: line) { answers.removeValue(forKey: id) }
  }

  /// The params of the next event of a name that fits.
  func event(
    _ method: String, file: StaticString = #filePath, line: UInt = #line, where fits: (Object) -> Bool = { _ in true }
  ) throws -> Object {
    try waitFor("the event \(method)", file: file, line: line) {
      let index = notifications.firstIndex { $0["method"] as? String == method && fits($0["params"] as? Object ?? [:]) }
      return index.map { notifications.remove(at: $0)["params"] as? Object ?? [:] }
    }
  }

  /// The params of all events of a name so far.
  func events(_ method: String) -> [Object] {
    condition.withLock {
      notifications.filter { $0["method"] as? String == method }.map { $0["params"] as? Object ?? [:] }
    }
  }

  /// Waits for the helper to close the connection.
  func waitForEnd(file: StaticString = #filePath, line: UInt = #line) throws {
    _ = try waitFor("the end of the connection", file: file, line: line, evenAtEnd: true) { isEnded ? true : nil }
  }

  private func waitFor<Value>(
    _ what: String, file: StaticString, line: UInt, evenAtEnd: Bool = false, _ look: () -> Value?
  ) throws -> Value {
    let deadline = Date(timeIntervalSinceNow: 60)
    condition.lock()
    defer { condition.unlock() }
    while true {
      if let value = look() { return value }
      if isEnded, !evenAtEnd { throw Gone(what: what) }
      if !condition.wait(until: deadline) {
        XCTFail("\(what) did not come", file: file, line: line)
        throw Gone(what: what)
      }
    }
  }

  struct Gone: Error { let what: String }

  private func readAll() {
    var buffer = Data()
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    // Not `availableData`, which ends the process when a read fails.
    while case let count = read(input.fileDescriptor, &chunk, chunk.count), count > 0 || (count < 0 && errno == EINTR) {
      buffer.append(contentsOf: chunk.prefix(max(count, 0)))
      while let end = buffer.firstIndex(of: 0x0A) {
        take(buffer[buffer.startIndex..<end])
        buffer.removeSubrange(buffer.startIndex...end)
      }
    }
    condition.withLock {
      isEnded = true
      condition.broadcast()
    }
  }

  private func take(_ line: Data) {
    guard let message = (try? JSONSerialization.jsonObject(with: line)) as? Object else {
      return XCTFail("not a message: \(String(decoding: line, as: UTF8.self))")
    }
    condition.withLock {
      if let id = message["id"] as? Int { answers[id] = message } else { notifications.append(message) }
      condition.broadcast()
    }
  }
}
