import Foundation
import HostSystem
import XCTest

@testable import JSONRPC

/// The other end of a connection: real descriptors, and as little cleverness as possible.
final class TestPeer {
  enum Wiring { case socket, pipes }

  /// How long anything may take before a test fails instead of hanging.
  static let patience: TimeInterval = 20

  let connection: Connection
  let service: TestService
  private(set) var input: Int32  // we read from it
  private(set) var output: Int32  // we write to it
  private var received: [UInt8] = []

  init(
    _ wiring: Wiring = .socket, service: TestService = TestService(), limits: Limits = Limits(),
    misuse: @escaping @Sendable (String) -> Void = { _ in }
  ) throws {
    self.service = service
    let theirs: (input: Int32, output: Int32)
    switch wiring {
    case .socket:
      let pair = try UnixSocket.makePair()
      theirs = (pair.0, pair.0)
      Descriptors.disarmBrokenPipeSignal(for: pair.1, kind: .socket)  // a refused write is for the test to judge
      _ = Descriptors.makeNonBlocking(pair.1)
      (input, output) = (pair.1, pair.1)
    case .pipes:
      let (toServer, fromServer) = (try TestPeer.makePipe(), try TestPeer.makePipe())
      theirs = (toServer.read, fromServer.write)
      (input, output) = (fromServer.read, toServer.write)
    }
    connection = Connection(
      input: theirs.input, output: theirs.output, service: service, limits: limits, log: service.log, misuse: misuse)
    connection.start()
  }

  deinit {
    close()
    connection.close()
  }

  private static func makePipe() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw SystemError(errno, "pipe") }
    return (ends[0], ends[1])
  }

  // MARK: Sending

  func send(_ text: String) throws { try send(bytes: Array(text.utf8)) }

  func send(bytes: [UInt8]) throws { try Self.send(bytes, to: output, isSocket: output == input) }

  static func send(_ bytes: [UInt8], to output: Int32, isSocket: Bool) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      switch rest.withUnsafeBytes({ Descriptors.write(output, $0, isSocket: isSocket) }) {
      case .bytes(let count): rest = rest.dropFirst(count)
      case .wouldBlock: _ = Descriptors.wait(for: output, .writable, milliseconds: Int32(patience * 1000))
      case .failed(let error): throw error
      }
    }
  }

  /// Sends messages with Content-Length headers, all in one write.
  func sendFramed(_ messages: String...) throws { try send(messages.map(Self.framed).joined()) }

  static func framed(_ message: String) -> String { "Content-Length: \(message.utf8.count)\r\n\r\n\(message)" }

  func closeOutput() {
    if output == input {
      shutdown(output, Int32(SHUT_WR))
    } else if output >= 0 {
      Descriptors.close(output)
      output = -1
    }
  }

  func close() {
    if output >= 0, output != input { Descriptors.close(output) }
    if input >= 0 { Descriptors.close(input) }
    (input, output) = (-1, -1)
  }

  // MARK: Receiving

  /// Reads once. False at the end of the stream; throws when nothing comes.
  private func receiveMore() throws -> Bool {
    guard Descriptors.wait(for: input, .readable, milliseconds: Int32(Self.patience * 1000)).ready else {
      throw Failure("nothing arrived; so far: \(String(decoding: received.prefix(500), as: UTF8.self))")
    }
    var block = [UInt8](repeating: 0, count: 256 << 10)
    guard case .bytes(let count) = block.withUnsafeMutableBytes({ Descriptors.read(input, into: $0) }), count > 0 else {
      return false
    }
    received.append(contentsOf: block[..<count])
    return true
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
  }

  /// The next message with a Content-Length header.
  func receiveFramed() throws -> String {
    while true {
      if let end = received.firstRange(of: Array("\r\n\r\n".utf8)) {
        let header = String(decoding: received[..<end.lowerBound], as: UTF8.self)
        guard let length = Int(header.dropFirst("Content-Length: ".count)) else { throw Failure("header: \(header)") }
        if received.count >= end.upperBound + length {
          defer { received.removeFirst(end.upperBound + length) }
          return String(decoding: received[end.upperBound..<end.upperBound + length], as: UTF8.self)
        }
      }
      guard try receiveMore() else { throw Failure("the stream ended") }
    }
  }

  func receiveLine() throws -> String {
    while true {
      if let end = received.firstIndex(of: 0x0A) {
        defer { received.removeFirst(end + 1) }
        return String(decoding: received[..<end], as: UTF8.self)
      }
      guard try receiveMore() else { throw Failure("the stream ended") }
    }
  }

  /// All until the stream's end.
  func receiveRest() throws -> String {
    while try receiveMore() {}
    defer { received = [] }
    return String(decoding: received, as: UTF8.self)
  }

  /// Sends one framed message and gives back the next one.
  func ask(_ message: String) throws -> String {
    try sendFramed(message)
    return try receiveFramed()
  }
}
