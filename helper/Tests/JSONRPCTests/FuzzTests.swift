import Foundation
import XCTest

@testable import JSONRPC

/// Hostile streams over real sockets: no crash, no hang, and where the stream can go on, it does.
final class FuzzTests: XCTestCase {
  private static let bodies = [
    #"{"jsonrpc":"2.0","id":1,"method":"a"}"#,
    #"{"jsonrpc":"2.0","id":"x","method":"b","params":{"progressToken":1,"y":[1,2]}}"#,
    #"{"jsonrpc":"2.0","method":"note","params":[]}"#,
    #"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}"#,
    #"[{"jsonrpc":"2.0","id":1,"method":"a"},{"jsonrpc":"2.0","method":"b"},1]"#, "[]", "{}",
    #"{"jsonrpc":"2.0","id":1,"result":1}"#,
    #"{"jsonrpc":"2.0","id":1.50,"method":"\u0061\ud83d\ude00","params":{"a":{"b":[{"c":null}]}}}"#, "[[[[[[[[]]]]]]]]",
    String(repeating: "[", count: 600), #"{"jsonrpc":"2.0","id":99999999999999999999999999999,"method":"日本"}"#,
  ]
  private static let last = #"{"jsonrpc":"2.0","id":"last","method":"last"}"#
  private static let lastAnswer = #"{"jsonrpc":"2.0","id":"last","result":null}"#

  private func makeService() -> TestService {
    TestService { request, params in
      switch request.method.utf8.count % 4 {
      case 0: request.succeed(.null)
      case 1: DispatchQueue.global().async { request.succeed(.null) }
      case 2: request.onCancel {}  // and dropped: answered by the transport
      default: request.reportProgress(params ?? .null)
      }
    }
  }

  /// The text of mutated messages, each in an intact frame: the stream stays in step, so every request is answered,
  /// and so is the last one.
  func testBrokenMessagesInIntactFramesNeverStopTheStream() throws {
    var random = Randomness(seed: 2)
    for round in 0..<60 {
      let usesLines = round % 2 == 0
      let peer = try TestPeer(service: makeService())
      var stream: [UInt8] = usesLines ? Array("{}\n".utf8) : []
      for _ in 0..<50 {
        var body = random.mutated(Array(Self.bodies[random.below(Self.bodies.count)].utf8))
        if usesLines { body.removeAll { $0 == 0x0A } }
        stream += usesLines ? body + [0x0A] : Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body
      }
      stream += Array((usesLines ? Self.last + "\n" : TestPeer.framed(Self.last)).utf8)
      try sendInPieces(stream, to: peer, &random)
      let receive = usesLines ? peer.receiveLine : peer.receiveFramed
      var answer = ""
      repeat {
        answer = try receive()
        XCTAssertNil(JSONScanner.validate(Array(answer.utf8)), answer)
      } while answer != Self.lastAnswer
    }
  }

  /// The whole stream is mutated, frames included: it may end by a bad header, or wait for the rest of a message. Then
  /// the peer closes, and the connection must end, with nothing but whole messages written.
  func testBrokenStreamsAlwaysComeToAnEnd() throws {
    var random = Randomness(seed: 3)
    for round in 0..<400 {
      let service = makeService()
      let peer = try TestPeer(service: service)
      var stream: [UInt8] = []
      for _ in 0..<random.below(6) + 1 {
        let body = Self.bodies[random.below(Self.bodies.count)]
        stream += Array((round % 3 == 0 ? body + "\n" : TestPeer.framed(body)).utf8)
      }
      stream = random.mutated(stream)
      // The server may have closed already: then the rest of the stream is refused, which is fine.
      try? sendInPieces(stream, to: peer, &random)
      peer.closeOutput()
      let rest = try peer.receiveRest()
      XCTAssertNotNil(service.waitForEnd(), "no end after \(String(decoding: stream, as: UTF8.self))")
      XCTAssertTrue(consistsOfMessages(rest), "\(rest) after \(String(decoding: stream, as: UTF8.self))")
    }
  }

  /// Without threads and descriptors the same goes for thousands of streams more.
  func testTheFrameReaderTakesAnyBytes() {
    var random = Randomness(seed: 4)
    var limits = Limits()
    limits.frameBytes = 300
    limits.headerBytes = 100
    for round in 0..<20_000 {
      let reader = FrameReader(limits: limits)
      var stream: [UInt8] = []
      for _ in 0..<random.below(4) + 1 {
        let body = Self.bodies[random.below(Self.bodies.count)]
        stream += Array((round % 2 == 0 ? body + "\n" : TestPeer.framed(body)).utf8)
      }
      stream = random.mutated(stream)
      var rest = stream[...]
      var events = 0
      while !rest.isEmpty {
        let piece = Array(rest.prefix(1 + random.below(40)))
        rest = rest.dropFirst(piece.count)
        piece.withUnsafeBufferPointer { reader.buffer.append($0) }
        reading: while true {
          events += 1
          switch reader.next() {
          case .needsInput: break reading
          case .message(let text):
            XCTAssertLessThanOrEqual(text.count, 300)
            _ = ScannedMessage.scan(text, batchLimit: 2)
          case .framing, .skipped, .broken: break
          }
        }
      }
      XCTAssertLessThanOrEqual(events, 2 * stream.count + 10)
      _ = reader.missingAtEnd()
      _ = reader.lastLine()
    }
  }

  private func sendInPieces(_ stream: [UInt8], to peer: TestPeer, _ random: inout Randomness) throws {
    var rest = stream[...]
    while !rest.isEmpty {
      let piece = rest.prefix(1 + random.below(random.below(3) == 0 ? 7 : 4000))
      try peer.send(bytes: Array(piece))
      rest = rest.dropFirst(piece.count)
    }
  }

  private func consistsOfMessages(_ text: String) -> Bool {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let body: ArraySlice<UInt8>
      if bytes.first == UInt8(ascii: "C") {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)),
          let length = Int(
            String(decoding: bytes[..<end.lowerBound], as: UTF8.self).dropFirst("Content-Length: ".count)),
          bytes.endIndex - end.upperBound >= length
        else { return false }
        body = bytes[end.upperBound..<end.upperBound + length]
        bytes = bytes[body.endIndex...]
      } else {
        guard let end = bytes.firstIndex(of: 0x0A) else { return false }
        body = bytes[..<end]
        bytes = bytes[(end + 1)...]
      }
      if JSONScanner.validate(Array(body)) != nil { return false }
    }
    return true
  }
}
