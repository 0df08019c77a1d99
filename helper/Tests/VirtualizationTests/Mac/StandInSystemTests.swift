import XCTest

@testable import Virtualization

final class StandInSystemTests: XCTestCase {
  private func block(_ text: [UInt8]) -> Data {
    var block = Data("vzkit stand-in system 1\n".utf8) + text
    block.append(Data(count: StandInSystem.blockSize - block.count))
    return block
  }

  private func description(commandLine: String, further: String = "") -> String {
    let part = #"{"offset":4096,"size":1,"checksum":0}"#
    return """
      {"version":"27.0","build":"26A5001z","kernel":\(part),"initialRamdisk":\(part),"commandLine":"\(commandLine)"\(further)}
      """
  }

  func testACommandLineMayHaveQuotes() throws {
    let system = StandInSystem(block: block(Array(description(commandLine: #"quiet run=\"a b\" é"#).utf8)))
    XCTAssertEqual(try XCTUnwrap(system).commandLine, #"quiet run="a b" é"#)
  }

  func testNamesThatAreNotUnicodeAreNoSystem() {
    XCTAssertNil(StandInSystem(block: block(Array(description(commandLine: "", further: #","\ud800":1"#).utf8))))
    var text = Array(description(commandLine: "", further: #","?":1"#).utf8)
    text[text.lastIndex(of: UInt8(ascii: "?"))!] = 0xFF
    XCTAssertNil(StandInSystem(block: block(text)))
  }
}
