import Foundation
import Platform

/// Files with the headers of Linux kernels and nothing behind them.
enum TestKernel {
  /// For x86, with two sectors before the kernel and 4 KiB of it.
  static func bootImage(longestCommandLine: UInt32 = 2047) -> Data {
    var bytes = Data(count: 2 * 512 + 4096)
    bytes[0x1f1] = 1
    bytes.put(UInt32(4096 / 16), at: 0x1f4)
    bytes.replaceSubrange(0x202..<0x206, with: Data("HdrS".utf8))
    bytes.put(UInt16(0x20f), at: 0x206)
    bytes.put(longestCommandLine, at: 0x238)
    return bytes
  }

  /// An ELF file with one segment.
  static func executable(machine: UInt16) -> Data {
    var bytes = Data(count: 4096)
    bytes.replaceSubrange(0..<6, with: [0x7f, 0x45, 0x4c, 0x46, 2, 1])
    bytes.put(machine, at: 18)
    bytes.put(UInt64(64), at: 32)
    bytes.put(UInt16(56), at: 54)
    bytes.put(UInt16(1), at: 56)
    bytes.put(UInt64(1024), at: 64 + 8)
    bytes.put(UInt64(3072), at: 64 + 32)
    return bytes
  }

  /// One that this host's guests could be.
  static var here: Data {
    KernelFile.Processor.host == .arm ? executable(machine: 183) : bootImage()
  }
}

extension Data {
  fileprivate mutating func put<Number: FixedWidthInteger>(_ number: Number, at place: Int) {
    let bytes = Swift.withUnsafeBytes(of: number.littleEndian) { Data($0) }
    replaceSubrange(place..<place + bytes.count, with: bytes)
  }
}
