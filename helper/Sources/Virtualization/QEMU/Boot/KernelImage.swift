import CVirtualization
import Foundation
import HostSystem

/// A kernel as QEMU starts it fastest: the plain ELF image entered through PVH instead of the compressed boot image,
/// whose own decompressor costs seconds under emulation.
enum KernelImage {
  /// The path to give to QEMU for a kernel: an unpacked image when there can be one, else the file itself.
  static func bootable(_ path: String) -> String {
    guard HostArchitecture.current.unpacksKernels else { return path }
    do {
      return try unpacked(path) ?? path
    } catch {
      HypervisorLog.write("the kernel \(path) is booted as it is, which takes longer: \(error)")
      return path
    }
  }

  struct Problem: Error, CustomStringConvertible {
    var description: String
  }

  /// Nil when there is nothing to unpack.
  private static func unpacked(_ path: String) throws -> String? {
    guard try !startsLikeELF(path) else { return nil }
    return try KernelCache.image(for: path) { target in
      // Read, not mapped: a file cut short meanwhile would end the process.
      let image = try Data(contentsOf: URL(fileURLWithPath: path))
      try image.withUnsafeBytes { bytes in
        guard let payload = BootImage.payload(of: bytes) else {
          throw Problem(description: "it is not a boot image of a known kind")
        }
        try unpack(payload, to: target)
      }
    }
  }

  private static func startsLikeELF(_ path: String) throws -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw SystemError(errno, "open the kernel", path: path) }
    defer { close(descriptor) }
    return withUnsafeTemporaryAllocation(byteCount: 128, alignment: 8) { room in
      let count = pread(descriptor, room.baseAddress, room.count, 0)
      return ELFImage.isELF(UnsafeRawBufferPointer(rebasing: room[0..<max(0, count)]))
    }
  }

  private static func unpack(_ payload: UnsafeRawBufferPointer, to target: String) throws {
    // The kernel's build puts the unpacked size behind the payload.
    let size = Int(payload.loadUnaligned(fromByteOffset: payload.count - 4, as: UInt32.self).littleEndian)
    guard (1 << 20...1 << 30).contains(size) else { throw Problem(description: "it states an unlikely size: \(size)") }
    let file = try FilledFile(creating: target, size: size)
    var reason: UnsafePointer<CChar>?
    let count = vz_decompress(payload.baseAddress, payload.count, file.start, size, &reason)
    guard count == size else {
      throw Problem(description: count < 0 ? reason.map { String(cString: $0) } ?? "it is damaged" : "it is cut short")
    }
    guard ELFImage.hasDirectEntry(file.bytes) else {
      throw Problem(description: "it was built without PVH (CONFIG_PVH), the direct entry")
    }
    ELFImage.trimZeros(UnsafeMutableRawBufferPointer(start: file.start, count: size))
  }
}
