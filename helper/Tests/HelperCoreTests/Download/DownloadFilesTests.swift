import Foundation
import XCTest

@testable import HelperCore

/// The lock beside a target, the journal, and files that are being read.
final class DownloadFilesTests: XCTestCase {
  private var folder: TemporaryFolder!
  private var target: String { "\(folder.path)/image.ipsw" }

  override func setUpWithError() throws { folder = try TemporaryFolder() }

  override func tearDown() { folder = nil }

  private func journal(url: String = "http://a/b", total: Int64 = 100) -> PartialFile.Journal {
    PartialFile.Journal(
      url: url, total: total, validator: Validator(etag: "\"one\""), completed: [[0, 10], [50, 60]],
      lastModifiedTime: 1_757_955_600)
  }

  func testOneLeadsTheOthersFollowAndLearnTheOutcome() throws {
    var leader: DownloadLock? = try {
      guard case .mine(let lock) = try DownloadLock.take(for: target) else { throw XCTSkip("not the first") }
      return lock
    }()
    guard case .others(let follower) = try DownloadLock.take(for: target) else { return XCTFail("two lead") }
    leader?.tell(DownloadLock.Status(completed: 123_456_789, total: 999_999_999))
    leader?.tell(DownloadLock.Status(completed: 5, total: 10))
    XCTAssertEqual(follower.status?.completed, 5)
    XCTAssertFalse(try follower.otherHasEnded())
    let outcome = DownloadLock.Outcome(url: "http://a/b", size: 10, sha256: nil, device: 1, inode: 2)
    leader?.tell(DownloadLock.Status(completed: 10, total: 10, outcome: outcome))
    leader?.remove()
    leader = nil
    XCTAssertTrue(try follower.otherHasEnded())
    XCTAssertEqual(follower.status?.outcome, outcome)
    guard case .mine(let next) = try DownloadLock.take(for: target) else { return XCTFail("nobody leads") }
    XCTAssertNil(next.status)
    next.remove()
    XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: folder.path), [])
  }

  func testTheJournalIsTakenOnlyForTheLengthItWasWrittenFor() throws {
    let file = try PartialFile(target: target)
    try file.setSize(100)
    try file.save(journal())
    let (found, completed) = try XCTUnwrap(file.load())
    XCTAssertEqual(found, journal())
    XCTAssertEqual(completed.pairs, [[0, 10], [50, 60]])
    try file.setSize(99)
    XCTAssertNil(file.load())
    try file.save(journal(total: 99))
    XCTAssertNotNil(file.load())
    try file.reset()
    XCTAssertNil(file.load())
    file.discard()
    XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: folder.path), [])
  }

  func testALinkInPlaceOfThePartialFileIsNotFollowed() throws {
    let other = try folder.file("other", Data("precious".utf8))
    XCTAssertEqual(symlink(other, PartialFile.path(for: target, suffix: ".vzkit-part")), 0)
    XCTAssertThrowsError(try PartialFile(target: target))
    XCTAssertEqual(FileManager.default.contents(atPath: other), Data("precious".utf8))
  }

  func testAFileThatHasItsNameAlreadyIsNotWrittenTo() throws {
    let finished = try folder.file("image.ipsw", Data("whole".utf8))
    // As a helper leaves it that dies between giving the new name and taking the old one.
    XCTAssertEqual(link(finished, PartialFile.path(for: target, suffix: ".vzkit-part")), 0)
    let file = try PartialFile(target: target)
    try file.reset()
    XCTAssertEqual(FileManager.default.contents(atPath: finished), Data("whole".utf8))
  }

  func testAFileThatIsReadStaysInTheCache() throws {
    let cache = RestoreImageCache(folder: "\(folder.path)/cache")
    let url = try XCTUnwrap(RemoteURL("http://a/b.ipsw"))
    let path = cache.path(for: url)
    try cache.use(url, at: path)
    XCTAssertTrue(FileManager.default.createFile(atPath: path, contents: Data(count: 1000)))
    var hold: FileHold? = try FileHold(path)
    XCTAssertEqual(cache.list().map(\.isInUse), [true])
    XCTAssertEqual(cache.prune(maximumSize: 0, olderThan: nil).count, 0)
    XCTAssertEqual(hold?.size, 1000)
    hold = nil
    XCTAssertEqual(cache.list().map(\.isInUse), [false])
    XCTAssertEqual(cache.prune(maximumSize: nil, olderThan: 1000).count, 0)
    XCTAssertEqual(cache.prune(maximumSize: 0, olderThan: nil).map(\.path.string), [path])
    XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: cache.folder), [])
  }

  func testWhatOthersPutIntoTheCacheIsLeftAlone() throws {
    let cache = RestoreImageCache(folder: "\(folder.path)/cache")
    for (name, note) in [("a", "{}"), ("b", "not JSON"), ("c", #"{"url":"http://a","name":"../../x"}"#)] {
      try FileManager.default.createDirectory(atPath: "\(cache.folder)/\(name)", withIntermediateDirectories: true)
      try Data(note.utf8).write(to: URL(fileURLWithPath: "\(cache.folder)/\(name)/entry.json"))
    }
    XCTAssertEqual(cache.prune(maximumSize: 0, olderThan: 0).count, 0)
    XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: cache.folder).sorted(), ["a", "b", "c"])
  }
}
