import HelperProtocol
import XCTest

/// The sentences that people read when their params do not fit.
final class WireFaultTests: XCTestCase {
  func testWrongKindsOfValueAreNamedInPlainWords() {
    check(#"{"cpuCount":"2"}"#, "params.cpuCount must be a whole number from 0 to 4294967295, not a string")
    check(#"{"cpuCount":true}"#, "params.cpuCount must be a whole number from 0 to 4294967295, not true or false")
    check(#"{"cpuCount":-1}"#, "params.cpuCount must be a whole number from 0 to 4294967295, not -1")
    check(#"{"cpuCount":1.5}"#, "params.cpuCount must be a whole number from 0 to 4294967295, not 1.5")
    check(#"{"cpuCount":2,"memorySize":[]}"#, "params.memorySize must be a whole number from 0 to 2^53 - 1, not a list")
    check(#"{"cpuCount":2,"memorySize":1,"bootLoader":7}"#, "params.bootLoader must be an object, not a number")
    check("[]", "params must be an object, not a list")
  }

  func testAWholeNumberThatJSONCannotCarryExactlyIsRefused() {
    check(
      #"{"cpuCount":2,"memorySize":9007199254740992}"#,
      "params.memorySize is 9007199254740992; whole numbers beyond 2^53 - 1 are not exact in JSON")
  }

  func testMissingNullAndUnknownMembers() {
    check("{}", "params.cpuCount is missing")
    check(
      #"{"cpuCount":2,"memorySize":1,"label":null,"bootLoader":{"kind":"linux","kernelPath":"/k"}}"#,
      "params.label must be a string, not null; leave out what is not wanted")
    check(#"{"cpucount":2}"#, "params.cpucount is not a known key; did you mean cpuCount?")
  }

  func testUnionsAndEnumsListWhatIsAllowed() {
    check(
      #"{"kind":"grub"}"#, "params.kind must be one of linux, macOS, not \"grub\"", as: BootLoader.self)
    check(
      #""fast""#, "params must be one of automatic, cached, uncached, not \"fast\"", as: DiskImageCachingMode.self)
  }

  func testRelativePathsAreRefused() {
    check(
      #"{"path":"disk.img","size":512}"#, "params.path must be an absolute path, not \"disk.img\"",
      as: DiskCreateParams.self)
  }

  func testTextThatIsNoJSONIsRefused() {
    XCTAssertThrowsError(try decode(#"{"cpuCount":"#, MachineConfiguration.self)) { XCTAssert($0 is WireFault) }
    let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
    XCTAssertThrowsError(try decode(deep, JSONValue.self)) { XCTAssert($0 is WireFault) }
  }

  func testTheTokenThatAsksForProgressIsNotAnUnknownKey() throws {
    let params = try decode(#"{"path":"/d","size":512,"progressToken":1}"#, DiskCreateParams.self)
    XCTAssertEqual(params, DiskCreateParams(path: PathString("/d"), size: 512))
  }

  private func decode<T: Decodable>(_ text: String, _ type: T.Type) throws -> T {
    try WireCoder.decode(type, from: text.utf8, root: "params")
  }

  private func check<T: Decodable>(
    _ text: String, _ sentence: String, as type: T.Type = MachineConfiguration.self, line: UInt = #line
  ) {
    XCTAssertThrowsError(try decode(text, type), line: line) { error in
      XCTAssertEqual((error as? WireFault)?.message, sentence, "\(error)", line: line)
    }
  }
}
