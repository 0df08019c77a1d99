import Foundation
import XCTest

@testable import HelperCore

final class ArchiveCheckTests: XCTestCase {
  private func look(_ bytes: Data) throws -> (begins: Bool, ending: ArchiveCheck.Ending) {
    let folder = try TemporaryFolder()
    let file = try FileHold(try folder.file("file", bytes))
    return (ArchiveCheck.begins(file.descriptor), ArchiveCheck.ending(file.descriptor, size: file.size))
  }

  private func archive(comment: Int = 0, claims: Int? = nil) -> Data {
    let length = claims ?? comment
    return Data("PK\u{3}\u{4}content".utf8) + Data("PK\u{5}\u{6}".utf8) + Data(count: 16)
      + Data([UInt8(length & 0xff), UInt8(length >> 8)]) + Data(repeating: 0x50, count: comment)
  }

  func testArchivesAreWhole() throws {
    for comment in [0, 1, 22, 0xffff] {
      let (begins, ending) = try look(archive(comment: comment))
      XCTAssertTrue(begins)
      XCTAssertEqual(ending, .whole)
    }
  }

  func testWhatIsCutOffOrFollowedIsTold() throws {
    XCTAssertEqual(try look(archive().dropLast()).ending, .missing)
    XCTAssertEqual(try look(archive(claims: 5)).ending, .missing)
    XCTAssertEqual(try look(archive() + Data(count: 7)).ending, .followed(by: 7))
    XCTAssertEqual(try look(archive() + Data(count: 60_000)).ending, .followed(by: 60_000))
  }

  func testOtherFilesAreNoArchives() throws {
    for text in ["", "P", "PK\u{3}", "<html></html>"] {
      let (begins, ending) = try look(Data(text.utf8))
      XCTAssertFalse(begins)
      XCTAssertEqual(ending, .missing)
    }
  }
}
