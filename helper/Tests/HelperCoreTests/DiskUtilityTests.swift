import HelperProtocol
import Platform
import XCTest

@testable import HelperCore

/// Our half of Apple's sparse images: what `diskutil` is told, and what becomes of its answers. A script stands in for it.
final class DiskUtilityTests: XCTestCase {
  private var folder: TemporaryFolder!
  private var image: String { "\(folder.path)/disk.img" }
  private var tool: String { "\(folder.path)/tool/diskutil" }

  override func setUpWithError() throws {
    folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: "\(folder.path)/tool", withIntermediateDirectories: false)
  }

  override func tearDown() { folder = nil }

  /// A `diskutil` that notes its arguments and then does as the script says; `$last` is the image.
  private func diskUtility(_ script: String) throws -> DiskUtility {
    let lines = "#!/bin/sh\necho \"$@\" >> \"$0.log\"\nfor last; do :; done\n\(script)\n"
    try Data(lines.utf8).write(to: URL(fileURLWithPath: tool))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: tool)
    return DiskUtility(executable: tool, problem: nil)
  }

  private func calls() throws -> [String] {
    try String(contentsOfFile: tool + ".log", encoding: .utf8).split(separator: "\n").map(String.init)
  }

  private func make(_ script: String, isCancelled: @escaping () -> Bool = { false }) throws {
    try DiskImageMaker(
      path: image, size: 1 << 20, format: .asif, isSparse: true, overwrite: false, isCancelled: isCancelled,
      onProgress: { _ in }, diskUtility: diskUtility(script)
    ).make()
  }

  private func assertFails(
    _ kind: ErrorKind, _ words: String, line: UInt = #line, _ body: () throws -> Void
  ) throws {
    XCTAssertThrowsError(try body(), line: line) { error in
      let error = WireError(error)
      XCTAssertEqual(error.kind, kind, line: line)
      XCTAssertTrue(error.message.contains(words), error.message, line: line)
      XCTAssertFalse(error.message.contains(".vzkit-"), error.message, line: line)
    }
    XCTAssertEqual(folder.names, ["tool"], line: line)
  }

  func testMakesAnImageUnderAnotherNameAndThenGivesItItsOwn() throws {
    try make("printf shdw > \"$last\"")
    let call = try XCTUnwrap(calls().first)
    XCTAssertTrue(
      call.hasPrefix("image create blank --fs none --format ASIF --size 1048576 \(folder.path)/.vzkit-"), call)
    XCTAssertTrue(call.hasSuffix(".asif"), call)
    XCTAssertTrue(AppleSparseImage.isPresent(at: image))
    XCTAssertEqual(folder.names.sorted(), ["disk.img", "tool"])
  }

  func testTellsWhatTheToolSays() throws {
    try assertFails(.inputOutput, "ended with status 3: Two reasons") {
      try make("printf half > \"$last\"; echo 'Two\nreasons' >&2; exit 3")
    }
    try assertFails(.inputOutput, "on the other stream") { try make("echo on the other stream; exit 1") }
    try assertFails(.outOfDiskSpace, image) { try make("echo 'write: No space left on device' >&2; exit 1") }
    try assertFails(.inputOutput, "signal 9") { try make("kill -9 $$") }
    try assertFails(.inputOutput, "has made no image") { try make("printf raw > \"$last\"") }
  }

  func testTakesAnyAmountOfWords() throws {
    try assertFails(.inputOutput, "status 1") {
      try make("head -c 3000000 /dev/zero >&2; head -c 3000000 /dev/zero; exit 1")
    }
  }

  func testEndsTheToolWhenTheCallerHasLostInterest() throws {
    try assertFails(.requestCancelled, "cancelled") {
      try make("exec sleep 600", isCancelled: { true })
    }
  }

  func testSaysThatTheToolOrTheSystemIsMissing() throws {
    try assertFails(.notSupported, "/nowhere/diskutil") {
      try DiskUtility(executable: "/nowhere/diskutil", problem: nil)
        .createImage(at: image, size: 512, isCancelled: { false })
    }
    try assertFails(.notSupported, "macOS 26") {
      try DiskUtility(executable: tool, problem: "It needs macOS 26.")
        .createImage(at: image, size: 512, isCancelled: { false })
    }
  }

  func testReadsTheSizeInBothFormsOfTheAnswer() throws {
    let list = { (inner: String) in "cat <<'END'\n<plist version=\"1.0\"><dict>\(inner)</dict></plist>\nEND" }
    let new = "<key>Size Info</key><dict><key>Total Bytes</key><integer>4096</integer></dict>"
    XCTAssertEqual(try diskUtility(list(new)).size(of: image), 4096)
    XCTAssertEqual(try diskUtility(list("<key>Size</key><integer>512</integer>")).size(of: image), 512)
    XCTAssertEqual(try calls().last, "image info --plist \(image)")
    let nonsense = [
      "", list(""), list("<key>Size</key><string>many</string>"), list("<key>Size</key><integer>-1</integer>"),
    ]
    for answer in nonsense {
      XCTAssertThrowsError(try diskUtility(answer).size(of: image))
    }
  }

  func testGrowsAndNeverCutsOff() throws {
    try Data("shdw".utf8).write(to: URL(fileURLWithPath: image))
    let answer = "<plist version=\"1.0\"><dict><key>Size</key><integer>1048576</integer></dict></plist>"
    let diskUtility = try diskUtility("test $2 = resize || echo '\(answer)'")
    XCTAssertEqual(DiskImageSize.inGuest(of: image, diskUtility), 1 << 20)
    try DiskImageSize.grow(image, to: 2 << 20, diskUtility)
    XCTAssertEqual(try calls().last, "image resize --size 2097152 \(image)")
    let before = try calls().count
    try DiskImageSize.grow(image, to: 1 << 20, diskUtility)
    XCTAssertThrowsError(try DiskImageSize.grow(image, to: 512, diskUtility)) {
      XCTAssertEqual(WireError($0).kind, .invalidParams)
    }
    XCTAssertEqual(try calls().dropFirst(before).filter { $0.contains("resize") }, [])
  }
}
