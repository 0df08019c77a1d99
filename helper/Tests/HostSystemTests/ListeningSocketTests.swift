import Foundation
import HostSystem
import XCTest

final class ListeningSocketTests: XCTestCase {
  func testOnlyThisUserMayConnectAndAStrangersLockFileIsLeftAlone() throws {
    let folder = "/tmp/vzkit-listening-\(getpid())"
    XCTAssertEqual(mkdir(folder, 0o700), 0)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = "\(folder)/s"
    let before = umask(0)
    defer { umask(before) }
    let socket = try ListeningSocket(path: path)
    var status = stat()
    XCTAssertEqual(lstat(path, &status), 0)
    XCTAssertEqual(status.st_mode & 0o777, 0o600)
    let client = try UnixSocket.connect(to: path)
    let served = try XCTUnwrap(try StreamSockets.accept(on: socket.descriptor.number))
    for descriptor in [client, served] { close(descriptor) }
    XCTAssertNil(try StreamSockets.accept(on: socket.descriptor.number))
    socket.removeFile()
    XCTAssertNil(FileIdentity(path))

    XCTAssertEqual(mkfifo("\(path).lock", 0o600), 0)
    XCTAssertThrowsError(try ListeningSocket(path: path)) {
      XCTAssertTrue("\($0)".contains("\(path).lock is in the way"), "\($0)")
    }
    XCTAssertNotNil(FileIdentity("\(path).lock"))
  }

  func testAPathThatDoesNotFitIsRefused() {
    let path = "/tmp/" + String(repeating: "x", count: UnixSocket.maximumPathLength)
    XCTAssertThrowsError(try UnixSocket.connect(to: path)) {
      XCTAssertEqual(($0 as? SystemError)?.number, ENAMETOOLONG)
    }
  }
}
