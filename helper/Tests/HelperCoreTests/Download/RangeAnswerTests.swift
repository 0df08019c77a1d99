import XCTest

@testable import HelperCore

/// What headers mean: the table of cases in which bytes of two versions of a file could be mixed up.
final class RangeAnswerTests: XCTestCase {
  private let one = Validator(etag: "\"one\"", lastModified: "Mon, 15 Sep 2025 17:00:00 GMT")
  private let asked: Range<Int64> = 100..<200

  private func part(_ change: (inout ServerResponse) -> Void = { _ in }) -> ServerResponse {
    var response = ServerResponse(status: 206)
    (response.rangeFirst, response.rangeLast, response.rangeTotal) = (100, 199, 1000)
    response.validator = one
    change(&response)
    return response
  }

  private func judge(_ response: ServerResponse, _ known: RangeAnswer.Known? = nil) -> String {
    let known = known ?? RangeAnswer.Known(total: 1000, validator: one, hasBytes: true)
    switch RangeAnswer(response, asked: asked, known: known) {
    case .part(let total, _): return "part of \(total)"
    case .whole(let total, _): return "whole \(total.map(String.init) ?? "?")"
    case .redirect: return "redirect"
    case .page(let type): return "page \(type ?? "of no type")"
    case .startAnew(_, let asStream): return asStream ? "as stream" : "changed"
    case .retry(_, let after): return "retry after \(Int(after))"
    case .refused(_, let status): return "refused \(status)"
    }
  }

  func testPartsOfTheSameVersionAreTaken() {
    XCTAssertEqual(judge(part()), "part of 1000")
    XCTAssertEqual(judge(part { $0.validator.lastModified = nil }), "part of 1000")
    XCTAssertEqual(judge(part { $0.rangeLast = 149 }), "part of 1000")
  }

  func testPartsOfAnotherVersionAreNotTaken() {
    XCTAssertEqual(judge(part { $0.validator.etag = "\"two\"" }), "changed")
    XCTAssertEqual(judge(part { $0.validator.etag = nil }), "changed")
    XCTAssertEqual(judge(part { $0.validator.lastModified = "Tue, 16 Sep 2025 17:00:00 GMT" }), "changed")
    XCTAssertEqual(judge(part { $0.rangeTotal = 1001 }), "changed")
    let dated = RangeAnswer.Known(total: 1000, validator: Validator(lastModified: one.lastModified), hasBytes: true)
    XCTAssertEqual(judge(part(), dated), "changed")
    XCTAssertEqual(judge(part { $0.validator = Validator() }, dated), "part of 1000")
  }

  func testPartsThatWereNotAskedForAreNotTaken() {
    XCTAssertEqual(judge(part { $0.rangeFirst = 99 }), "as stream")
    XCTAssertEqual(judge(part { $0.rangeFirst = nil }), "as stream")
    XCTAssertEqual(judge(part { $0.rangeTotal = nil }), "as stream")
    XCTAssertEqual(judge(part { $0.rangeLast = 1000 }), "as stream")
    XCTAssertEqual(judge(part { $0.contentEncoding = "gzip" }), "refused 206")
    XCTAssertEqual(judge(part { $0.contentEncoding = "identity" }), "part of 1000")
  }

  func testWithoutAnyMarkOfTheVersionNoPartsArePutTogether() {
    let nothing = RangeAnswer.Known(total: nil, validator: Validator(), hasBytes: false)
    XCTAssertEqual(judge(part { $0.validator = Validator() }, nothing), "as stream")
  }

  func testTheWholeFileInPlaceOfAPart() {
    var response = ServerResponse(status: 200)
    response.contentLength = 1000
    response.validator = one
    XCTAssertEqual(judge(response), "as stream")
    XCTAssertEqual(
      judge(response, RangeAnswer.Known(total: nil, validator: Validator(), hasBytes: false)), "whole 1000")
    response.contentLength = 999
    XCTAssertEqual(judge(response), "changed")
    response.validator.etag = "\"two\""
    XCTAssertEqual(judge(response), "changed")
  }

  func testAPageIsNoVersionOfTheFile() {
    XCTAssertEqual(judge(part { $0.contentType = "text/html; charset=utf-8" }), "page text/html")
    var response = ServerResponse(status: 200)
    response.contentLength = 19
    XCTAssertEqual(judge(response), "page of no type")
    response.contentType = "TEXT/HTML"
    response.validator = one
    XCTAssertEqual(judge(response), "page text/html")
    XCTAssertEqual(
      judge(response, RangeAnswer.Known(total: nil, validator: Validator(), hasBytes: false)), "whole 19")
    response.contentType = "application/octet-stream"
    XCTAssertEqual(judge(response), "changed")
  }

  func testOtherAnswers() {
    var response = ServerResponse(status: 416)
    XCTAssertEqual(judge(response), "as stream")
    response.rangeTotal = 50
    XCTAssertEqual(judge(response), "changed")
    response.rangeTotal = 0
    XCTAssertEqual(
      judge(response, RangeAnswer.Known(total: nil, validator: Validator(), hasBytes: false)), "part of 0")
    response = ServerResponse(status: 503)
    XCTAssertEqual(judge(response), "retry after 0")
    response.retryAfter = 100_000
    XCTAssertEqual(judge(response), "retry after 120")
    XCTAssertEqual(judge(ServerResponse(status: 308)), "redirect")
    for status in [204, 304, 401, 404, 410] {
      XCTAssertEqual(judge(ServerResponse(status: status)), "refused \(status)")
    }
  }

  func testAWeakTagIsNoCondition() {
    XCTAssertEqual(one.ifRange, "\"one\"")
    XCTAssertEqual(Validator(etag: "W/\"one\"", lastModified: "then").ifRange, "then")
    XCTAssertNil(Validator(etag: "W/\"one\"").ifRange)
  }
}
