import Foundation

/// The record at the end of a zip archive, which says where its directory is.
struct ZipEnd {
  /// Where the record begins; the directory must lie before it.
  let position: UInt64
  let count: UInt64
  let directorySize: UInt64
  let directoryOffset: UInt64

  private static let recordSize = 22
  private static let locatorSize = 20
  /// The record is followed by a comment of at most 65535 bytes.
  private static let searchSize = UInt64(recordSize + 65535)

  static func find(fileSize: UInt64, read: (UInt64, Int) throws -> Data) throws -> ZipEnd {
    let searched = min(fileSize, searchSize)
    let tail = [UInt8](try read(fileSize - searched, Int(searched)))
    guard tail.count >= recordSize else { throw ZipArchive.Problem("it is too short to be a restore image") }
    var nearest: Int?
    for start in stride(from: tail.count - recordSize, through: 0, by: -1) {
      guard tail[start] == 0x50, tail[start + 1] == 0x4b, tail[start + 2] == 5, tail[start + 3] == 6 else { continue }
      var record = ByteReader(Data(tail[start...]))
      record.skip(20)
      let rest = tail.count - start - recordSize - Int(record.u16())
      guard rest == 0 else {
        if rest > 0, nearest == nil { nearest = rest }
        continue
      }
      return try parse(Data(tail[start...]), at: fileSize - searched + UInt64(start), read)
    }
    if let nearest {
      throw ZipArchive.Problem(
        "\(nearest) bytes follow its end, which do not belong to it",
        suggestion: "Cut them off with: truncate -s -\(nearest) FILE, or download it again.")
    }
    throw ZipArchive.Problem("it is no zip archive, or the end of it is missing")
  }

  private static func parse(_ data: Data, at position: UInt64, _ read: (UInt64, Int) throws -> Data) throws -> ZipEnd {
    var record = ByteReader(data)
    record.skip(4)
    let (disk, directoryDisk) = (record.u16(), record.u16())
    record.skip(2)
    let count = record.u16()
    let (size, offset) = (record.u32(), record.u32())
    if count == .max || size == .max || offset == .max || disk == .max, position >= UInt64(locatorSize) {
      var locator = ByteReader(try read(position - UInt64(locatorSize), locatorSize))
      if locator.u32() == 0x0706_4b50 {
        locator.skip(4)
        return try parse64(at: locator.u64(), before: position, read)
      }
    }
    guard disk == 0, directoryDisk == 0 else {
      throw ZipArchive.Problem("it is one part of an archive of several files")
    }
    return ZipEnd(
      position: position, count: UInt64(count), directorySize: UInt64(size), directoryOffset: UInt64(offset))
  }

  private static func parse64(
    at start: UInt64, before position: UInt64, _ read: (UInt64, Int) throws -> Data
  ) throws -> ZipEnd {
    guard start < position, position - start >= 56 else {
      throw ZipArchive.Problem("its large directory lies outside of the file")
    }
    var record = ByteReader(try read(start, 56))
    guard record.u32() == 0x0606_4b50 else { throw ZipArchive.Problem("its large directory is missing") }
    record.skip(28)
    return ZipEnd(position: start, count: record.u64(), directorySize: record.u64(), directoryOffset: record.u64())
  }
}
