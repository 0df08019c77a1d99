import Foundation
import HostSystem
import Platform
import XCTest

/// Copies of files with holes, made without sharing blocks, which not every file system can.
final class SparseCopyTests: XCTestCase {
  private static let block = 64 << 10
  private var folder: TemporaryFolder!

  override func setUpWithError() throws { folder = try TemporaryFolder() }

  override func tearDown() { folder = nil }

  /// A file with noise in some of its blocks.
  private func file(_ name: String, size: Int, data: [Int]) throws -> String {
    let path = try folder.file(name)
    let descriptor = open(path, O_RDWR)
    defer { close(descriptor) }
    XCTAssertEqual(ftruncate(descriptor, off_t(size)), 0)
    for index in data {
      let offset = index * Self.block
      let noise = (0..<min(Self.block, size - offset)).map { _ in UInt8.random(in: 1...255) }
      XCTAssertEqual(pwrite(descriptor, noise, noise.count, off_t(offset)), noise.count)
    }
    fsync(descriptor)
    return path
  }

  private func copied(
    _ source: String, trustsHoles: Bool = true, methods: [CopyMethod] = SparseCopy.methods,
    onProgress: @escaping (UInt64) -> Void = { _ in }
  ) throws -> String {
    let target = "\(folder.path)/copy-\(UInt32.random(in: 0...UInt32.max))"
    try SparseCopy(from: source, to: target, onProgress: onProgress).run(
      sharesBlocks: false, trustsHoles: trustsHoles, methods: methods)
    return target
  }

  /// Compares sizes, space taken and the bytes of some blocks.
  private func assertSame(_ one: String, _ other: String, blocks: Range<Int>, line: UInt = #line) throws {
    XCTAssertEqual(FileAllocation.size(of: one), FileAllocation.size(of: other), line: line)
    XCTAssertLessThanOrEqual(FileAllocation.usedSpace(of: other), FileAllocation.usedSpace(of: one), line: line)
    let files = try [one, other].map { try FileHandle(forReadingFrom: URL(fileURLWithPath: $0)) }
    for index in blocks {
      let contents = try files.map { file in
        try file.seek(toOffset: UInt64(index * Self.block))
        return try file.read(upToCount: Self.block)
      }
      XCTAssertEqual(contents[0], contents[1], "block \(index)", line: line)
    }
  }

  func testHolesStayHolesWhereverTheyAre() throws {
    let last = 15
    let cases: [(String, [Int])] = [
      ("at the start", Array(4...last)), ("at the end", Array(0...4)), ("both", [7]), ("between", [0, 1, 9, last]),
      ("none", Array(0...last)), ("nothing else", []),
    ]
    for (name, data) in cases {
      let source = try file(name, size: (last + 1) * Self.block, data: data)
      try assertSame(source, try copied(source, trustsHoles: false), blocks: 0..<(last + 1))
      for methods in [[.buffer], [.kernel], SparseCopy.methods] {
        try assertSame(source, try copied(source, methods: methods), blocks: 0..<(last + 1))
      }
    }
  }

  func testAnOddLengthAndAnEmptyFile() throws {
    let odd = try file("odd", size: 3 * Self.block + 17, data: [0, 3])
    for trustsHoles in [true, false] { try assertSame(odd, try copied(odd, trustsHoles: trustsHoles), blocks: 0..<4) }
    let empty = try file("empty", size: 0, data: [])
    XCTAssertEqual(FileAllocation.size(of: try copied(empty)), 0)
  }

  func testWhatIsZeroBecomesAHoleWhereHolesAreNotTrusted() throws {
    // Zeros that are written, noise of one byte at the edges of pages, and an end in the middle of one.
    let size = (1 << 20) + 100
    var bytes = [UInt8](repeating: 0, count: size)
    for place in [4095, 4096, 300_000, 524_288, size - 1] { bytes[place] = 1 }
    let source = try folder.file("zeros", Data(bytes))
    var done: UInt64 = 0
    let copy = try copied(source, trustsHoles: false) { done = $0 }
    XCTAssertEqual(FileManager.default.contents(atPath: copy), Data(bytes))
    XCTAssertEqual(done, 4 * 4096 + 100)
    XCTAssertLessThan(FileAllocation.usedSpace(of: copy), 200_000)
    XCTAssertGreaterThan(FileAllocation.usedSpace(of: source), 1_000_000)
  }

  func testAHugeFileCostsWhatItsDataCosts() throws {
    let size = 64 << 30
    let blocks = [0, 1 << 10, size / Self.block - 1]
    let source = try file("huge", size: size, data: blocks)
    var done: UInt64 = 0
    let copy = try copied(source) { done = $0 }
    for block in blocks { try assertSame(source, copy, blocks: block..<(block + 1)) }
    XCTAssertEqual(done, UInt64(blocks.count * Self.block))
    XCTAssertLessThan(FileAllocation.usedSpace(of: copy), 1 << 20)
  }

  func testSharedBlocksOrNotTheCopyIsTheSame() throws {
    let source = try file("either", size: 8 * Self.block, data: [1, 5])
    let target = "\(folder.path)/shared"
    try SparseCopy(from: source, to: target).run(synchronize: true)
    try assertSame(source, target, blocks: 0..<8)
  }

  func testTakesNoPlaceThatIsTakenAndNothingButFiles() throws {
    let source = try file("source", size: 10, data: [])
    let link = "\(folder.path)/link"
    let pipe = "\(folder.path)/pipe"
    XCTAssertEqual(symlink(source, link), 0)
    XCTAssertEqual(mkfifo(pipe, 0o600), 0)
    for (from, to, number) in [
      (source, try folder.file("taken"), EEXIST), (link, "\(folder.path)/a", ELOOP), (pipe, "\(folder.path)/b", EINVAL),
      ("\(folder.path)/missing", "\(folder.path)/c", ENOENT),
    ] {
      XCTAssertThrowsError(try SparseCopy(from: from, to: to).run(sharesBlocks: false)) {
        XCTAssertEqual(($0 as? SystemError)?.number, number, "\($0)")
      }
    }
  }

  func testACheckpointEndsIt() throws {
    let source = try file("source", size: Self.block, data: [0])
    struct Enough: Error {}
    let copy = SparseCopy(from: source, to: "\(folder.path)/half", checkpoint: { throw Enough() })
    XCTAssertThrowsError(try copy.run(sharesBlocks: false)) { XCTAssertTrue($0 is Enough) }
  }
}
