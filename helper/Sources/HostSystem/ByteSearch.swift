#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

package enum ByteSearch {
  /// The offset of the first `byte` among `count` bytes; nil when there is none.
  @inline(__always)
  package static func find(_ byte: UInt8, in start: UnsafePointer<UInt8>, count: Int) -> Int? {
    guard count > 0, let found = memchr(start, Int32(byte), count) else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(start)
  }
}
