import Foundation
import HelperProtocol
import XCTest

@testable import HelperCore

final class ForeignImageTests: XCTestCase {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("vzkit-image-\(UUID().uuidString)")

  override func setUpWithError() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
  }

  override func tearDown() {
    try? FileManager.default.removeItem(at: folder)
  }

  /// A file with all the marks at their places.
  private func file(_ marks: ForeignImageFormat.Mark...) throws -> String {
    var bytes = Data(count: 4096)
    for mark in marks {
      let offset = Int(mark.offset < 0 ? 4096 + mark.offset : mark.offset)
      bytes.replaceSubrange(offset..<offset + mark.bytes.count, with: mark.bytes)
    }
    let url = folder.appendingPathComponent("disk.img")
    try bytes.write(to: url)
    return url.path
  }

  private func refusal(_ path: String, onMac: Bool) throws -> WireError? {
    do {
      try ForeignImageCheck(path: path, field: "params.path", opensAppleImages: onMac).run()
      return nil
    } catch let error as WireError {
      return error
    }
  }

  func testEveryFormatIsNamedWithWhatToDoWhereTheFrameworkDoesNotOpenItItself() throws {
    let apples: [ForeignImageFormat] = [.asif, .appleDiskImage, .appleSparseImage]
    for format in ForeignImageFormat.allCases {
      for mark in format.marks {
        let path = try file(mark)
        let error = try XCTUnwrap(refusal(path, onMac: false), "\(format)")
        XCTAssertEqual(error.kind, .invalidDiskImage)
        XCTAssertEqual(error.path, "params.path")
        XCTAssertTrue(error.message.contains("\(path) is in the \(format.name) format"), error.message)
        XCTAssertTrue(error.message.hasSuffix(format.advice), error.message)
        XCTAssertEqual(try refusal(path, onMac: true) == nil, apples.contains(format), "\(format)")
      }
    }
  }

  func testADMGIsNotTakenForThePackedDataThatItBeginsWith() throws {
    let marks = ForeignImageFormat.bzip2.marks + ForeignImageFormat.appleDiskImage.marks
    let path = try file(marks[0], try XCTUnwrap(marks.last))
    XCTAssertNil(try refusal(path, onMac: true))
    XCTAssertTrue(try XCTUnwrap(refusal(path, onMac: false)).message.contains("DMG"))
  }

  func testRawImagesPassAndSoDoesWhatIsNoImage() throws {
    XCTAssertNil(try refusal(try file(), onMac: true))
    let short = folder.appendingPathComponent("short.img")
    try Data([0x1f]).write(to: short)
    for path in [short.path, folder.path, "/dev/null", folder.path + "/missing"] {
      XCTAssertNil(try refusal(path, onMac: false), path)
    }
  }
}
