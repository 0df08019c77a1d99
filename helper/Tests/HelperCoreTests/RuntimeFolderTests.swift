import Foundation
import HostSystem
import Platform
import XCTest

@testable import HelperCore

final class RuntimeFolderTests: XCTestCase {
  func testIsPrivateMadeLateAndRemoved() throws {
    let base = try TemporaryFolder()
    let folder = RuntimeFolder(bases: [base.path])
    XCTAssertEqual(base.names, [])
    let path = try folder.makeSocketPath()
    let listener = try UnixSocket.listen(at: path, backlog: 1)
    defer { close(listener) }
    var status = stat()
    stat((path as NSString).deletingLastPathComponent, &status)
    XCTAssertEqual(status.st_mode & 0o777, 0o700)
    XCTAssertNotEqual(try folder.makeSocketPath(), path)
    folder.remove()
    XCTAssertEqual(base.names, [])
  }

  func testTakesTheNextBaseWhenOneIsTooLongOrMissing() throws {
    let base = try TemporaryFolder()
    let long = base.path + "/" + String(repeating: "x", count: 90)
    try FileManager.default.createDirectory(atPath: long, withIntermediateDirectories: false)
    let folder = RuntimeFolder(bases: ["/nowhere", long, base.path])
    let path = try folder.makeSocketPath()
    XCTAssertTrue(path.hasPrefix(base.path + "/vzkit-"))
    XCTAssertLessThanOrEqual(path.utf8.count, UnixSocket.maximumPathLength)
    folder.remove()
    XCTAssertThrowsError(try RuntimeFolder(bases: ["/nowhere"]).makeSocketPath())
  }

  func testRemovesWhatADeadHelperLeftAndNothingElse() throws {
    let base = try TemporaryFolder()
    let living = RuntimeFolder(bases: [base.path])
    _ = try living.makeSocketPath()
    for (name, files) in [("vzkit-1-dead", ["owner", "s1"]), ("vzkit-2-begun", []), ("other", ["owner"])] {
      try FileManager.default.createDirectory(atPath: "\(base.path)/\(name)", withIntermediateDirectories: false)
      for file in files { _ = try base.file("\(name)/\(file)") }
    }
    let names = base.names
    let next = RuntimeFolder(bases: [base.path])
    let path = try next.makeSocketPath()
    let own = path.split(separator: "/").dropLast().last.map(String.init) ?? ""
    XCTAssertEqual(base.names, (names.filter { $0 != "vzkit-1-dead" } + [own]).sorted())
    living.remove()
    next.remove()
  }
}
