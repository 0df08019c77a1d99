import Foundation
import HostSystem

#if os(Linux)
  import CVirtualization
#endif

/// The system's zlib, as far as a PNG file needs it.
enum Zlib {
  #if os(Linux)
    /// Compresses into one zlib stream.
    ///
    /// - Throws: `SystemError` when there is no zlib.
    static func compress(_ bytes: [UInt8]) throws -> [UInt8] {
      let room = vz_deflate_bound(bytes.count)
      var reason: UnsafePointer<CChar>?
      let result = [UInt8](unsafeUninitializedCapacity: room) { output, count in
        count = max(vz_deflate(bytes, bytes.count, output.baseAddress, room, &reason), 0)
      }
      guard reason == nil else {
        throw SystemError(ENOTSUP, "compress a picture (\(reason.map { String(cString: $0) } ?? ""))")
      }
      return result
    }

    /// The CRC-32 of some bytes.
    static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
      bytes.withUnsafeBytes { vz_crc32(0, $0.baseAddress, $0.count) }
    }
  #else
    private typealias Compress = @convention(c) (
      UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<UInt>?, UnsafePointer<UInt8>?, UInt, Int32
    ) -> Int32
    private typealias Checksum = @convention(c) (UInt, UnsafePointer<UInt8>?, UInt32) -> UInt

    // Every macOS has it, but no module of the SDK declares it.
    nonisolated(unsafe) private static let library = dlopen("/usr/lib/libz.1.dylib", RTLD_NOW)
    private static let level: Int32 = 6

    static func compress(_ bytes: [UInt8]) throws -> [UInt8] {
      guard let symbol = dlsym(library, "compress2") else { throw SystemError(ENOTSUP, "compress a picture") }
      let compress = unsafeBitCast(symbol, to: Compress.self)
      // What zlib itself promises for any settings, rounded up.
      var size = UInt(bytes.count + bytes.count / 8 + 1024)
      var status: Int32 = 0
      let result = [UInt8](unsafeUninitializedCapacity: Int(size)) { output, count in
        status = compress(output.baseAddress, &size, bytes, UInt(bytes.count), level)
        count = status == 0 ? Int(size) : 0
      }
      guard status == 0 else { throw SystemError(ENOMEM, "compress a picture") }
      return result
    }

    static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
      guard let symbol = dlsym(library, "crc32") else { return 0 }
      let checksum = unsafeBitCast(symbol, to: Checksum.self)
      return bytes.withUnsafeBufferPointer { UInt32(truncatingIfNeeded: checksum(0, $0.baseAddress, UInt32($0.count))) }
    }
  #endif
}
