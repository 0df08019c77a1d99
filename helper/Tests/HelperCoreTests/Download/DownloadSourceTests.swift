import HelperProtocol
import XCTest

@testable import HelperCore

final class DownloadSourceTests: XCTestCase {
  func testLocalFiles() throws {
    XCTAssertEqual(try DownloadSource("/tmp/a b"), .local("/tmp/a b"))
    XCTAssertEqual(try DownloadSource("file:///tmp/a%20b"), .local("/tmp/a b"))
    XCTAssertEqual(try DownloadSource("FILE://localhost/tmp/a"), .local("/tmp/a"))
  }

  func testWhatNamesNoFileIsRefused() {
    let texts = [
      "", "a", "ftp://a/b", "http://", "http:///a", "file://elsewhere/a", "http://a/\r\nX: y", "http://a/ b",
      "javascript:1",
      "http://a/" + String(repeating: "b", count: 5000),
    ]
    for text in texts { XCTAssertThrowsError(try DownloadSource(text), text.prefix(40).description) }
  }

  func testWhatIsWrongWithAURLIsTold() {
    for (text, words) in [
      ("http://a/b c.ipsw", "%20"), ("https://a:99999/b", "99999"), ("https://a:0/b", "1 to 65535"),
      ("https://a/\tb", "control"), ("ftp://a/b", "http, https or file"),
      ("http://a/" + String(repeating: "b", count: 5000), "4000 bytes"),
    ] {
      XCTAssertThrowsError(try DownloadSource(text)) { error in
        let error = error as? WireError
        XCTAssertEqual(error?.kind, .invalidParams)
        XCTAssertEqual(error?.path, "params.url")
        XCTAssertTrue(error?.message.contains(words) ?? false, "\(error?.message ?? "") lacks \(words)")
      }
    }
    XCTAssertNoThrow(try DownloadSource("https://a:65535/b"))
  }

  func testSecretsAreNotShown() throws {
    let url = try XCTUnwrap(RemoteURL("https://me:secret@example.com/a/b.ipsw?token=hidden#part"))
    XCTAssertEqual(url.display, "https://example.com/a/b.ipsw")
    XCTAssertEqual(url.withoutCredentials, "https://example.com/a/b.ipsw?token=hidden")
    XCTAssertTrue(url.text.hasSuffix("?token=hidden"))
  }

  func testFileNamesStayInTheirFolder() throws {
    let names = [
      "https://a/x/Mac.ipsw": "Mac.ipsw", "https://a/": "RestoreImage.ipsw", "https://a/x/..": "RestoreImage.ipsw",
      "https://a/x/..%2f..%2fetc": "RestoreImage.ipsw", "https://a/x/.hidden": "RestoreImage.ipsw",
      "https://a/x%20y.ipsw/": "x y.ipsw", "https://a/%0a": "RestoreImage.ipsw",
    ]
    for (text, name) in names {
      let found = try XCTUnwrap(RemoteURL(text), text).fileName
      XCTAssertFalse(found.contains("/"))
      XCTAssertFalse(found.hasPrefix("."))
      if !text.contains("%2f") { XCTAssertEqual(found, name, text) }
    }
  }

  func testTheSpeedIsThatOfTheLastSeconds() {
    var meter = SpeedMeter()
    XCTAssertEqual(meter.speed, 0)
    for second in 0...20 { meter.add(Int64(second * 100), at: Double(second)) }
    XCTAssertEqual(meter.speed, 100)
    for second in 21...40 { meter.add(2000, at: Double(second)) }
    XCTAssertEqual(meter.speed, 0)
    // The download began anew.
    meter.add(0, at: 41)
    meter.add(50, at: 42)
    XCTAssertEqual(meter.speed, 50)
  }
}
