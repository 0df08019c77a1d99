import CVirtualization
import Foundation
import HostSystem

/// The directory of a zip archive, also one of more than 4 GiB. Members are read one at a time and only when asked for;
/// nothing is ever unpacked to a path that the archive names.
///
/// Archives come from anywhere. Everything is checked against the file's size, and names that lead out of a folder and
/// members that share bytes are refused, as bombs have them.
final class ZipArchive {
  struct Problem: Error, CustomStringConvertible {
    let description: String
    /// What to do about it, where that is not to get the file again.
    let suggestion: String?

    init(_ description: String, suggestion: String? = nil) {
      self.description = description
      self.suggestion = suggestion
    }
  }

  struct Member {
    let name: String
    let isDeflated: Bool
    let checksum: UInt32
    let compressedSize: UInt64
    let size: UInt64
    fileprivate let headerOffset: UInt64
  }

  private(set) var members: [String: Member] = [:]
  let fileSize: UInt64
  private let descriptor: Int32

  /// Real restore images have some thousand members in less than a MiB.
  private static let maximumDirectorySize: UInt64 = 32 << 20
  private static let maximumMembers = 100_000

  /// - Throws: `Problem`, or `SystemError` when the file cannot be read.
  init(path: String) throws {
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw SystemError(errno, "open", path: path) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw Problem("it is not a regular file")
    }
    fileSize = UInt64(status.st_size)
    do {
      try readDirectory()
    } catch {
      close(descriptor)
      throw error
    }
  }

  deinit { close(descriptor) }

  /// The whole content of a small member.
  ///
  /// - Parameter limit: more bytes than this are refused.
  func content(of name: String, limit: UInt64) throws -> Data {
    guard let member = members[name] else { throw Problem("it has no \(name)") }
    guard member.size <= limit, member.compressedSize <= limit else {
      throw Problem("its \(name) claims \(member.size) bytes, more than the \(limit) that such a file may have")
    }
    let stored = try read(try offset(of: member), Int(member.compressedSize))
    let data = member.isDeflated ? try inflate(stored, member) : stored
    guard data.count == Int(member.size),
      data.withUnsafeBytes({ vz_crc32(0, $0.baseAddress, $0.count) }) == member.checksum
    else { throw Problem("its \(name) is damaged") }
    return data
  }

  /// Reads a stored member piece by piece. Returns less than asked for at its end.
  func read(_ member: Member, at position: UInt64, into room: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = Int(min(UInt64(room.count), member.size - position))
    let start = try offset(of: member) + position
    guard try readFully(start, UnsafeMutableRawBufferPointer(rebasing: room[0..<count])) else {
      throw Problem("it ends inside of \(member.name)")
    }
    return count
  }

  private func inflate(_ stored: Data, _ member: Member) throws -> Data {
    // One byte more than promised shows a member that would go on.
    var output = Data(count: Int(member.size) + 1)
    var reason: UnsafePointer<CChar>?
    let count = output.withUnsafeMutableBytes { output in
      stored.withUnsafeBytes { vz_inflate($0.baseAddress, $0.count, output.baseAddress, output.count, &reason) }
    }
    guard count == Int(member.size) else {
      throw Problem("its \(member.name) cannot be read: \(reason.map { String(cString: $0) } ?? "it has another size")")
    }
    return output.prefix(count)
  }

  // MARK: - The directory

  private func readDirectory() throws {
    let end = try ZipEnd.find(fileSize: fileSize) { try self.read($0, $1) }
    guard end.directorySize <= Self.maximumDirectorySize, end.count <= UInt64(Self.maximumMembers) else {
      throw Problem("its directory is larger than that of any restore image")
    }
    guard end.directoryOffset <= end.position, end.directorySize <= end.position - end.directoryOffset else {
      throw Problem("its directory lies outside of the file")
    }
    var bytes = ByteReader(try read(end.directoryOffset, Int(end.directorySize)))
    var extents: [(start: UInt64, end: UInt64)] = []
    for _ in 0..<end.count {
      let member = try Self.member(&bytes)
      guard members.updateValue(member, forKey: member.name) == nil else {
        throw Problem("it has two members called \(member.name)")
      }
      // The least that the local header takes.
      let (stop, overflow) = member.headerOffset.addingReportingOverflow(
        30 + UInt64(member.name.utf8.count) + member.compressedSize)
      guard !overflow, stop <= end.directoryOffset else { throw Problem("\(member.name) lies outside of the file") }
      extents.append((member.headerOffset, stop))
    }
    extents.sort { $0.start < $1.start }
    for (one, next) in zip(extents, extents.dropFirst()) where next.start < one.end {
      throw Problem("its members share bytes")
    }
  }

  private static func member(_ bytes: inout ByteReader) throws -> Member {
    guard bytes.u32() == 0x0201_4b50 else { throw Problem("its directory is broken") }
    bytes.skip(4)
    let flags = bytes.u16()
    let method = bytes.u16()
    bytes.skip(4)
    let checksum = bytes.u32()
    var compressed = UInt64(bytes.u32())
    var size = UInt64(bytes.u32())
    let (nameLength, extraLength, commentLength) = (Int(bytes.u16()), Int(bytes.u16()), Int(bytes.u16()))
    bytes.skip(8)
    var offset = UInt64(bytes.u32())
    let nameBytes = bytes.take(nameLength)
    var extra = ByteReader(bytes.take(extraLength))
    bytes.skip(commentLength)
    guard !bytes.isPastEnd else { throw Problem("its directory is cut short") }
    readSizes64(&extra, &size, &compressed, &offset)
    guard let name = String(data: nameBytes, encoding: .utf8), isHarmless(name) else {
      throw Problem("it has a member with a name that leads out of a folder")
    }
    guard flags & 1 == 0 else { throw Problem("\(name) is encrypted") }
    guard method == 0 || method == 8 else { throw Problem("\(name) is compressed in an unknown way") }
    guard method == 8 || size == compressed else { throw Problem("\(name) has two different sizes") }
    return Member(
      name: name, isDeflated: method == 8, checksum: checksum, compressedSize: compressed, size: size,
      headerOffset: offset)
  }

  /// The field that holds what does not fit into 32 bits, in this order and only what does not fit.
  private static func readSizes64(
    _ extra: inout ByteReader, _ size: inout UInt64, _ compressed: inout UInt64, _ offset: inout UInt64
  ) {
    while extra.remaining >= 4 {
      let kind = extra.u16()
      var field = ByteReader(extra.take(Int(extra.u16())))
      guard kind == 1 else { continue }
      if size == UInt32.max { size = field.u64() }
      if compressed == UInt32.max { compressed = field.u64() }
      if offset == UInt32.max { offset = field.u64() }
      return
    }
  }

  private static func isHarmless(_ name: String) -> Bool {
    !name.isEmpty && !name.hasPrefix("/") && !name.utf8.contains(0) && !name.contains("\\")
      && !name.split(separator: "/", omittingEmptySubsequences: false).contains("..")
  }

  /// Where a member's bytes begin, which only its local header says.
  private func offset(of member: Member) throws -> UInt64 {
    var header = ByteReader(try read(member.headerOffset, 30))
    guard header.u32() == 0x0403_4b50 else { throw Problem("\(member.name) is not where the directory says") }
    header.skip(22)
    let start = member.headerOffset + 30 + UInt64(header.u16()) + UInt64(header.u16())
    guard start <= fileSize, member.compressedSize <= fileSize - start else {
      throw Problem("it ends inside of \(member.name)")
    }
    return start
  }

  private func read(_ offset: UInt64, _ count: Int) throws -> Data {
    var data = Data(count: count)
    guard try data.withUnsafeMutableBytes({ try readFully(offset, $0) }) else { throw Problem("it is cut short") }
    return data
  }

  private func readFully(_ offset: UInt64, _ room: UnsafeMutableRawBufferPointer) throws -> Bool {
    var done = 0
    while done < room.count {
      let count = pread(descriptor, room.baseAddress.map { $0 + done }, room.count - done, off_t(offset) + off_t(done))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw SystemError(errno, "read an archive") }
      guard count > 0 else { return false }
      done += count
    }
    return true
  }
}
