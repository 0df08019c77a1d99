import HelperProtocol
import XCTest

/// Every golden value is read, written again and is still the same; every wrong one is refused at the right place.
final class FixtureTests: XCTestCase {
  func testEveryMethodHasAFixtureThatSurvivesARoundTrip() throws {
    let fixtures = try Fixtures.methods()
    XCTAssertEqual(Set(fixtures.map(\.method)), Set(Router.methods))
    for fixture in fixtures {
      let result = try XCTUnwrap(resultTypes[fixture.method], fixture.method)
      for value in fixture.results { try checkRoundTrip(value, as: result, fixture.method) }
      guard let params = paramsTypes[fixture.method] else { continue }
      for value in fixture.params { try checkRoundTrip(value, as: params, fixture.method) }
      for invalid in fixture.invalidParams { try checkRefused(invalid, as: params, root: "params") }
    }
  }

  func testEveryEventHasAFixtureThatSurvivesARoundTrip() throws {
    let fixtures = try Fixtures.events()
    XCTAssertEqual(Set(fixtures.map(\.event)), Set(eventTypes.keys))
    for fixture in fixtures {
      let type = try XCTUnwrap(eventTypes[fixture.event], fixture.event)
      for value in fixture.params { try checkRoundTrip(value, as: type, fixture.event) }
    }
  }

  func testEveryVariantAndValueSurvivesARoundTrip() throws {
    let fixtures = try Fixtures.types()
    XCTAssertFalse(fixtures.isEmpty)
    for fixture in fixtures {
      let type = try XCTUnwrap(wireTypes[fixture.type], fixture.type)
      for value in fixture.values { try checkRoundTrip(value, as: type, fixture.type) }
      for invalid in fixture.invalid { try checkRefused(invalid, as: type, root: "value") }
    }
  }

  func testEveryErrorKindHasAFixtureWithItsCode() throws {
    let fixtures = try Fixtures.errors()
    let kinds = try fixtures.map { fixture in
      try checkRoundTrip(fixture.error.data, as: ErrorData.self, "error \(fixture.error.code)")
      let data = try WireCoder.decode(ErrorData.self, from: WireCoder.encode(fixture.error.data), root: "data")
      let kind = try XCTUnwrap(ErrorKind.all.first { $0.name == data.kind }, data.kind)
      XCTAssertEqual(kind.code, fixture.error.code, data.kind)
      return kind
    }
    XCTAssertEqual(Set(kinds), Set(ErrorKind.all))
  }

  private func checkRoundTrip(_ value: JSONValue, as type: any (Codable & Sendable).Type, _ what: String) throws {
    let text = try WireCoder.encode(value)
    do {
      let again = try reencoded(type, text)
      XCTAssertEqual(again, value, what)
    } catch {
      XCTFail("\(what): \(error) in \(String(decoding: text, as: UTF8.self))")
    }
  }

  private func reencoded<T: Codable>(_ type: T.Type, _ text: [UInt8]) throws -> JSONValue {
    let decoded = try WireCoder.decode(type, from: text, root: "value")
    return try WireCoder.decode(JSONValue.self, from: WireCoder.encode(decoded), root: "value")
  }

  private func checkRefused(_ invalid: InvalidCase, as type: any (Codable & Sendable).Type, root: String) throws {
    let text = try WireCoder.encode(invalid.value)
    XCTAssertThrowsError(try WireCoder.decode(type, from: text, root: root)) { error in
      let fault = error as? WireFault
      XCTAssertEqual(fault?.path, invalid.path, "\(error) for \(String(decoding: text, as: UTF8.self))")
      XCTAssertFalse(fault?.problem.isEmpty ?? true)
    }
  }
}
