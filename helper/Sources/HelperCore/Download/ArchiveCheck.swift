import Foundation
import HostSystem

/// Tells whether a file begins and ends as a zip archive does, which every restore image is. All between is left to who
/// reads it.
enum ArchiveCheck {
  /// The end of a file, as far as the record of an archive's end says.
  enum Ending: Equatable {
    case whole
    case missing
    /// So many bytes follow the record that ends the archive.
    case followed(by: Int)
  }

  /// Bytes that `begins` looks at.
  static let markSize = 4

  private static let beginning = Array("PK\u{3}\u{4}".utf8)
  private static let end = Array("PK\u{5}\u{6}".utf8)
  private static let endSize = 22
  private static let maximumCommentLength = 0xffff

  static func begins(_ descriptor: Int32) -> Bool { read(descriptor, at: 0, beginning.count) == beginning }

  /// - Parameter size: of the file in bytes.
  static func ending(_ descriptor: Int32, size: Int64) -> Ending {
    // Twice the longest comment: what somebody has added is looked behind as well.
    let length = Int(min(size, Int64(endSize + 2 * maximumCommentLength)))
    let tail = read(descriptor, at: size - Int64(length), length)
    var nearest: Ending?
    for start in stride(from: tail.count - endSize, through: 0, by: -1)
    where tail[start] == end[0] && tail[start..<start + end.count].elementsEqual(end) {
      let comment = Int(tail[start + 20]) | Int(tail[start + 21]) << 8
      let rest = tail.count - start - endSize - comment
      if rest == 0 { return .whole }
      if rest > 0, nearest == nil { nearest = .followed(by: rest) }
    }
    return nearest ?? .missing
  }

  private static func read(_ descriptor: Int32, at offset: Int64, _ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { room, filled in
      while filled < count {
        let got = Descriptors.retrying {
          pread(descriptor, room.baseAddress! + filled, count - filled, off_t(offset) + off_t(filled))
        }
        guard got > 0 else { return }
        filled += got
      }
    }
  }
}
