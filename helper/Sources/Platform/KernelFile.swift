import Foundation
import HostSystem

/// A file that is to be booted as a Linux kernel, judged by its first bytes: hypervisors say little about one that they
/// cannot boot.
package struct KernelFile {
  /// The processor that runs the guests of a host.
  package enum Processor: String {
    case x86 = "x86-64"
    case arm = "64-bit ARM"

    package static let host: Processor = HostFacts.architecture == "arm64" ? .arm : .x86
  }

  enum Format: Equatable {
    /// Documentation/arch/x86/boot.rst. The size is the least that the whole file has.
    case bootImage(wholeSize: UInt64, longestCommandLine: Int)
    /// Documentation/arch/arm64/booting.rst.
    case armImage
    case executable(ELFHeader)
    /// By which program it is to be unpacked.
    case packed(String, command: String)
    case script
    case unknown
  }

  /// The kernel's limit on both processors, without the NUL behind it.
  private static let longestCommandLine = 2047

  let format: Format
  private let path: String
  private let size: UInt64

  /// - Throws: `SystemError`.
  package init(path: String) throws {
    self.path = path
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw SystemError(errno, "open the kernel", path: path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw SystemError(errno, "read the kernel", path: path) }
    size = UInt64(max(status.st_size, 0))
    var start = [UInt8](repeating: 0, count: 4096)
    let count = pread(descriptor, &start, start.count, 0)
    guard count >= 0 else { throw SystemError(errno, "read the kernel", path: path) }
    format = Self.format(Array(start.prefix(count)))
  }

  /// How many bytes the kernel takes of its command line.
  package var longestCommandLine: Int {
    if case .bootImage(_, let longest) = format { return longest }
    return Self.longestCommandLine
  }

  /// Why it cannot be booted, to stand behind the file's name, with what to do; nil when nothing speaks against it.
  ///
  /// - Parameters:
  ///   - processor: the one that is to run it.
  ///   - onlyKnown: whether a file of a kind that is not known here cannot be booted either.
  package func problem(on processor: Processor = .host, onlyKnown: Bool) -> String? {
    switch format {
    case .packed("gzip", _) where processor == .arm && onlyKnown: return nil
    case .packed(let packer, let command):
      return "is compressed with \(packer). Unpack it first: \(command) < \(path) > vmlinux"
    case .script:
      return "is a script, not a kernel. Name the kernel's own file, often called vmlinuz, bzImage or Image."
    case .bootImage(let whole, _):
      return processor == .arm ? Self.foreign(.x86, processor) : cutShort(whole)
    case .armImage: return processor == .x86 ? Self.foreign(.arm, processor) : nil
    case .executable(let header):
      guard header.processor == processor else { return Self.foreign(header.processor, processor) }
      return cutShort(header.wholeSize)
    case .unknown:
      guard onlyKnown else { return nil }
      return "is not a Linux kernel. Name the kernel's own file, often called vmlinuz, bzImage or Image."
    }
  }

  private func cutShort(_ whole: UInt64) -> String? {
    guard size < whole else { return nil }
    return "is cut short: it has \(size) of at least \(whole) bytes. Copy or download it again."
  }

  private static func foreign(_ found: Processor?, _ wanted: Processor) -> String {
    "is for \(found.map { "\($0.rawValue) processors" } ?? "another processor"), and the guests of this host have "
      + "\(wanted.rawValue) processors. Use a kernel for those."
  }
}

extension KernelFile {
  static func format(_ start: [UInt8]) -> Format {
    let packers: [(name: String, command: String, magic: [UInt8])] = [
      ("gzip", "gunzip -c", [0x1f, 0x8b]), ("xz", "xz -dc", [0xfd, 0x37, 0x7a, 0x58, 0x5a]),
      ("zstd", "zstd -dc", [0x28, 0xb5, 0x2f, 0xfd]), ("bzip2", "bunzip2 -c", Array("BZh".utf8)),
      ("lz4", "lz4 -dc", [0x04, 0x22, 0x4d, 0x18]), ("lz4", "lz4 -dc", [0x02, 0x21, 0x4c, 0x18]),
    ]
    for packer in packers where start.starts(with: packer.magic) {
      return .packed(packer.name, command: packer.command)
    }
    if start.starts(with: Array("#!".utf8)) { return .script }
    if let header = ELFHeader(start) { return .executable(header) }
    if start.count >= 64, start[56..<60].elementsEqual([0x41, 0x52, 0x4d, 0x64]) { return .armImage }
    return bootImage(start) ?? .unknown
  }

  private static func bootImage(_ start: [UInt8]) -> Format? {
    guard start.count >= 0x260, start[0x202..<0x206].elementsEqual("HdrS".utf8) else { return nil }
    let setupSectors = start[0x1f1] == 0 ? 4 : UInt64(start[0x1f1])
    let paragraphs = UInt64(start.littleEndian(at: 0x1f4, UInt32.self))
    let version = start.littleEndian(at: 0x206, UInt16.self)
    let stated = version >= 0x206 ? Int(start.littleEndian(at: 0x238, UInt32.self)) : 255
    return .bootImage(
      wholeSize: (setupSectors + 1) * 512 + paragraphs * 16,
      longestCommandLine: stated == 0 ? longestCommandLine : stated)
  }
}

/// What the first bytes of an executable of 64 bits tell.
struct ELFHeader: Equatable {
  /// Nil for one that no host of guests has.
  let processor: KernelFile.Processor?
  /// Up to the end of its last segment.
  let wholeSize: UInt64

  /// Nil for what is not one, or not of 64 bits and little-endian.
  init?(_ start: [UInt8]) {
    guard start.count >= 64, start.starts(with: [0x7f, 0x45, 0x4c, 0x46]), start[4] == 2, start[5] == 1 else {
      return nil
    }
    switch start.littleEndian(at: 18, UInt16.self) {
    case 62: processor = .x86
    case 183: processor = .arm
    default: processor = nil
    }
    let table = start.littleEndian(at: 32, UInt64.self)
    let (size, count) = (start.littleEndian(at: 54, UInt16.self), start.littleEndian(at: 56, UInt16.self))
    var end: UInt64 = 64
    for index in 0..<UInt64(count) where size >= 56 {
      let place = table.addingReportingOverflow(index * UInt64(size))
      guard !place.overflow, place.partialValue < UInt64(start.count) - 56 else { break }
      let segment = Int(place.partialValue)
      let last = start.littleEndian(at: segment + 8, UInt64.self)
        .addingReportingOverflow(start.littleEndian(at: segment + 32, UInt64.self))
      end = max(end, last.overflow ? UInt64.max : last.partialValue)
    }
    wholeSize = end
  }
}

extension [UInt8] {
  fileprivate func littleEndian<Number: FixedWidthInteger>(at place: Int, _ type: Number.Type) -> Number {
    withUnsafeBytes { Number(littleEndian: $0.loadUnaligned(fromByteOffset: place, as: type)) }
  }
}
