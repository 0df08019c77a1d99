import Foundation
import HelperProtocol
import HostSystem
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

  func testNoErrorThatAUserCanCauseIsAnInternalOne() {
    let numbers = [
      ENOENT, ENOTDIR, ELOOP, EEXIST, EISDIR, ENOTEMPTY, EACCES, EPERM, EROFS, ENOSPC, EDQUOT, ENAMETOOLONG, EBUSY,
      ETXTBSY, EADDRINUSE, EDEADLK, EIO, ENXIO, ENODEV, EFBIG, EOVERFLOW, EPIPE, ESTALE, ENOTCONN, ETIMEDOUT,
      ECONNREFUSED, ECONNRESET, ECONNABORTED, ENETDOWN, ENETUNREACH, EHOSTDOWN, EHOSTUNREACH, EADDRNOTAVAIL,
      EAFNOSUPPORT, EMFILE, ENFILE, ENOMEM, EAGAIN, ENOLCK, ENOTSUP, ENOSYS, EXDEV, EMLINK, EILSEQ, ESPIPE, ENOTTY,
      ECANCELED,
    ]
    for number in numbers {
      let error = WireError(SystemError(number, "open the disk image", path: "/a/b"))
      XCTAssertNotEqual(error.kind, .internalError, error.message)
      XCTAssertFalse(error.message.contains("report it"), error.message)
      XCTAssertTrue(error.message.hasSuffix(error.hint ?? "no hint"), error.message)
    }
    XCTAssertEqual(WireError(SystemError(EINVAL, "x")).kind, .internalError)
  }

  func testTheAdviceFitsWhatHappened() {
    for (number, words) in [
      (EROFS, "read-only"), (ELOOP, "symbolic link"), (EISDIR, "name a file"), (EMFILE, "ulimit -n"),
      (EADDRNOTAVAIL, "address of this host"), (ENOTDIR, "is a file"),
    ] {
      XCTAssertTrue(WireError(SystemError(number, "x", path: "/a")).message.contains(words), words)
    }
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
      (ETIMEDOUT, .timedOut), (ENOTSUP, .notSupported), (ENOMEM, .tooManyRequests),
      (EINVAL, .internalError),
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
