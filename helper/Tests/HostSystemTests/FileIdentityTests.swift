import Foundation
import HostSystem
import XCTest

final class FileIdentityTests: XCTestCase {
  func testIsOfTheFileAndNotOfItsName() throws {
    let folder = NSTemporaryDirectory() + "/vzkit-identity-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (file, other, link) = ("\(folder)/file", "\(folder)/other", "\(folder)/link")
    for path in [file, other] { XCTAssertTrue(FileManager.default.createFile(atPath: path, contents: nil)) }
    let identity = try XCTUnwrap(FileIdentity(file))
    XCTAssertNotEqual(FileIdentity(other), identity)
    XCTAssertEqual(symlink("file", link), 0)
    XCTAssertEqual(FileIdentity(link), identity)
    XCTAssertNotEqual(FileIdentity(link, followsLinks: false), identity)
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    defer { close(descriptor) }
    XCTAssertEqual(rename(file, "\(folder)/moved"), 0)
    XCTAssertEqual(FileIdentity(of: descriptor), identity)
    XCTAssertEqual(FileIdentity("\(folder)/moved"), identity)
    XCTAssertNil(FileIdentity(file))
    XCTAssertNil(FileIdentity(of: -1))
  }
}
