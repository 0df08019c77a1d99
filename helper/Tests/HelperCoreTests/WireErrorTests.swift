import Foundation
import HelperProtocol
import Platform
import Virtualization
import XCTest

@testable import HelperCore

final class WireErrorTests: XCTestCase {
  /// The codes of the framework's documentation.
  private static let codes =
    Array(1...12) + Array(10001...10007) + [20001, 20002] + Array(30001...30004) + Array(40001...40003) + [
      50001, 50002,
    ]

  func testEveryCodeOfTheFrameworkHasItsKindAndName() {
    for code in Self.codes {
      let error = WireError(NSError(domain: VZErrorDomain, code: code))
      XCTAssertNotNil(error.apple?.name, "\(code)")
      XCTAssertEqual(error.kind == .internalError, code == 1, "\(code) is \(error.kind.name)")
      XCTAssertEqual(error.apple?.code, Int64(code))
    }
    XCTAssertEqual(
      Set(Self.codes.map { WireError(NSError(domain: VZErrorDomain, code: $0)).kind }).count, Self.codes.count)
  }

  func testACodeThatIsNotKnownIsAnInternalErrorWithItsNumber() {
    let error = WireError(NSError(domain: VZErrorDomain, code: 77))
    XCTAssertEqual(error.kind, .internalError)
    XCTAssertEqual(error.apple?.code, 77)
    XCTAssertNil(error.apple?.name)
  }

  func testKeepsTheChainOfCauses() {
    let cause = NSError(domain: NSPOSIXErrorDomain, code: Int(ENOENT))
    let error = WireError(NSError(domain: VZErrorDomain, code: 2, userInfo: [NSUnderlyingErrorKey: cause]))
    XCTAssertEqual(error.kind, .invalidConfiguration)
    XCTAssertEqual(error.apple?.underlying?.domain, NSPOSIXErrorDomain)
    XCTAssertEqual(error.apple?.underlying?.code, Int64(ENOENT))
  }

  func testTheCauseOfAnInternalErrorDecides() {
    let cause = NSError(domain: NSPOSIXErrorDomain, code: Int(EBUSY))
    XCTAssertEqual(
      WireError(NSError(domain: VZErrorDomain, code: 1, userInfo: [NSUnderlyingErrorKey: cause])).kind, .inUse)
  }

  func testAnEndlessChainEnds() {
    var error = NSError(domain: "x", code: 0)
    for code in 1...1000 { error = NSError(domain: "x", code: code, userInfo: [NSUnderlyingErrorKey: error]) }
    var depth = 0
    var next = WireError(error).apple
    while let current = next {
      depth += 1
      next = current.underlying
    }
    XCTAssertLessThan(depth, 20)
  }

  func testSystemErrorsHaveTheirKindsAndSayWhatHappenedToWhat() {
    let kinds: [(Int32, ErrorKind)] = [
      (ENOENT, .fileNotFound), (ENOTDIR, .fileNotFound), (EACCES, .permissionDenied), (EPERM, .permissionDenied),
      (EROFS, .permissionDenied), (ENOSPC, .outOfDiskSpace), (EDQUOT, .outOfDiskSpace), (EEXIST, .fileExists),
      (ENAMETOOLONG, .pathTooLong), (EBUSY, .inUse), (EADDRINUSE, .inUse), (EIO, .inputOutput),
      (ETIMEDOUT, .timedOut), (ENOTSUP, .notSupported), (ENOMEM, .internalError),
    ]
    for (number, kind) in kinds {
      let error = WireError(SystemError(number, "open the lock file", path: "/some/where"))
      XCTAssertEqual(error.kind, kind, SystemError.words(for: number))
      XCTAssertTrue(error.message.hasPrefix("Cannot open the lock file /some/where: "), error.message)
    }
  }

  func testFoundationsFileErrorsHaveTheirKinds() {
    XCTAssertThrowsError(try Data(contentsOf: URL(fileURLWithPath: "/nowhere/at/all"))) {
      XCTAssertEqual(WireError($0).kind, .fileNotFound)
    }
  }
}
