import HelperProtocol
import XCTest

@testable import HelperCore

final class HelperOptionsTests: XCTestCase {
  private func problem(_ arguments: String...) -> String {
    do {
      return "no problem: \(try HelperOptions(arguments: arguments))"
    } catch {
      return (error as? HelperOptions.Problem)?.message ?? "\(error)"
    }
  }

  func testServesStandardStreamsByDefault() throws {
    let options = try HelperOptions(arguments: [])
    XCTAssertEqual(options.action, .serveStandardStreams)
    XCTAssertEqual(options.grace, 10)
  }

  func testTakesValuesInBothSpellings() throws {
    for arguments in [["--listen", "/run/x", "--grace", "2.5"], ["--grace=2.5", "--listen=/run/x"]] {
      let options = try HelperOptions(arguments: arguments)
      XCTAssertEqual(options.action, .listen(path: "/run/x"))
      XCTAssertEqual(options.grace, 2.5)
    }
  }

  func testPrintsTexts() throws {
    XCTAssertEqual(try HelperOptions(arguments: ["--protocol-hash"]).action, .printText(ProtocolVersion.hash))
    guard case .printText(let text) = try HelperOptions(arguments: ["--version"]).action else {
      return XCTFail("no text")
    }
    XCTAssertTrue(text.contains(helperVersion))
  }

  func testExplainsWhatIsWrong() {
    XCTAssertTrue(problem("--liste").contains("--liste"))
    XCTAssertTrue(problem("--listen").contains("--listen needs a value"))
    XCTAssertTrue(problem("--listen=").contains("--listen needs a value"))
    for value in ["-1", "601", "soon", "nan", "inf"] {
      XCTAssertTrue(problem("--grace", value).contains("0 to 600"), value)
    }
  }
}
