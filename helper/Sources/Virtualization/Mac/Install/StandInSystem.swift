import CVirtualization
import Foundation

/// What the stand-in's installer puts on a disk and the stand-in boots: a block that describes it, then a Linux kernel and
/// an initial RAM disk. The block is written last, so that a disk has it only when all of it is there.
struct StandInSystem: Codable {
  struct Part: Codable {
    let offset: UInt64
    let size: UInt64
    let checksum: UInt32
  }

  let version: String
  let build: String
  let kernel: Part
  let initialRamdisk: Part
  let commandLine: String

  static let blockSize = 4096
  private static let mark = Data("vzkit stand-in system 1\n".utf8)
  /// A kernel or RAM disk beyond this is none that the maker of images makes.
  private static let maximumPartSize: UInt64 = 1 << 30
  private static let maximumCommandLine = 1024

  /// Nil when the block describes no system.
  init?(block: Data) {
    guard block.count == Self.blockSize, block.starts(with: Self.mark) else { return nil }
    // Foundation's decoder ends the process over a member's name that is not Unicode: invalid UTF-8, or half a surrogate
    // pair, which takes an escape that the maker of images has no use for.
    guard let text = String(validating: block.dropFirst(Self.mark.count).prefix { $0 != 0 }, as: UTF8.self),
      !text.contains(#"\u"#),
      let system = try? JSONDecoder().decode(StandInSystem.self, from: Data(text.utf8)),
      [system.kernel, system.initialRamdisk].allSatisfy({ (1...Self.maximumPartSize).contains($0.size) }),
      system.commandLine.utf8.count <= Self.maximumCommandLine, !system.commandLine.utf8.contains(0)
    else { return nil }
    self = system
  }

  /// The system on the disk that is open as `descriptor`.
  init?(disk descriptor: Int32) {
    guard let block = Self.read(descriptor, at: 0, count: Self.blockSize) else { return nil }
    self.init(block: block)
  }

  /// The bytes of a part as a file in memory, which the caller closes; nil when the disk does not hold what was installed.
  func file(of part: Part, on disk: Int32, name: String) -> Int32? {
    let file = vz_memory_file(name)
    guard file >= 0 else { return nil }
    var left = part.size
    var position = part.offset
    var checksum: UInt32 = 0
    while left > 0 {
      let count = Int(min(left, 1 << 20))
      guard let bytes = Self.read(disk, at: position, count: count),
        bytes.withUnsafeBytes({ write(file, $0.baseAddress, $0.count) }) == count
      else { break }
      checksum = bytes.withUnsafeBytes { vz_crc32(checksum, $0.baseAddress, $0.count) }
      left -= UInt64(count)
      position += UInt64(count)
    }
    if left == 0, checksum == part.checksum { return file }
    close(file)
    return nil
  }

  private static func read(_ descriptor: Int32, at position: UInt64, count: Int) -> Data? {
    guard position <= UInt64(Int64.max) else { return nil }
    var data = Data(count: count)
    let done = data.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, count, off_t(position)) }
    return done == count ? data : nil
  }
}
