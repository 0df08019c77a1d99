import Foundation

#if os(Linux)
  import CVirtualization
#endif

/// Space that a file gives back although it keeps its size.
package enum FileHoles {
  /// The unit that file systems give back, in bytes; larger ones are met by none of the common file systems.
  private static let unit: Int64 = 4096

  /// Makes a hole of the whole blocks in a range, which then read as zeros. A file system that cannot is no reason to fail.
  package static func make(_ descriptor: Int32, _ range: Range<Int64>) {
    let start = (range.lowerBound + unit - 1) / unit * unit
    let end = range.upperBound / unit * unit
    guard start < end else { return }
    #if os(Linux)
      _ = vz_punch_hole(descriptor, off_t(start), off_t(end - start))
    #else
      var hole = fpunchhole_t(fp_flags: 0, reserved: 0, fp_offset: off_t(start), fp_length: off_t(end - start))
      _ = fcntl(descriptor, F_PUNCHHOLE, &hole)
    #endif
  }
}
