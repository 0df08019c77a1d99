import CVirtualization
import Foundation

/// One buffer that the driver lends to the device: the pieces of guest memory it consists of, already checked.
struct DescriptorChain {
  /// Names the buffer when it is given back.
  var head: UInt16
  var parts: [iovec]
  /// Sum of the lengths of the parts, in bytes.
  var byteCount: Int
}

/// Follows the descriptors of one buffer. The guest may write anything at any time, so each is read once and the
/// number of steps is bounded by the size of the table.
struct DescriptorChainReader {
  /// A system call takes no more pieces than this (IOV_MAX).
  static let maximumParts = 1024
  static let maximumIndirectCount = 1024
  static let descriptorSize = 16

  private static let next: UInt16 = 1
  private static let write: UInt16 = 2
  private static let indirect: UInt16 = 4

  var memory: GuestMemory
  var allowsIndirect: Bool
  /// Whether the device is to write into the buffers (or only read them).
  var writable: Bool

  /// Nil when the chain breaks the rules or leaves guest memory.
  func read(head: UInt16, table: UnsafeMutableRawPointer, count: Int) -> DescriptorChain? {
    var chain = DescriptorChain(head: head, parts: [], byteCount: 0)
    return walk(from: head, table: table, count: count, into: &chain, mayNest: allowsIndirect) ? chain : nil
  }

  private func walk(
    from first: UInt16, table: UnsafeMutableRawPointer, count: Int, into chain: inout DescriptorChain, mayNest: Bool
  ) -> Bool {
    var index = Int(first)
    for _ in 0..<count {
      guard index < count else { return false }
      let descriptor = vz_vsock_load_descriptor(table + index * Self.descriptorSize)
      let flags = UInt16(littleEndian: descriptor.flags)
      if flags & Self.indirect != 0 {
        // An indirect table ends its chain, and holds no further tables.
        guard mayNest, flags & Self.next == 0 else { return false }
        return walkIndirect(descriptor, into: &chain)
      }
      guard (flags & Self.write != 0) == writable, append(descriptor, to: &chain) else { return false }
      if flags & Self.next == 0 { return true }
      index = Int(UInt16(littleEndian: descriptor.next))
    }
    return false
  }

  private func walkIndirect(_ descriptor: vz_vsock_descriptor, into chain: inout DescriptorChain) -> Bool {
    let length = Int(UInt32(littleEndian: descriptor.length))
    let count = length / Self.descriptorSize
    guard count > 0, count <= Self.maximumIndirectCount, length % Self.descriptorSize == 0,
      let table = memory.pointer(guestAddress: UInt64(littleEndian: descriptor.address), length: UInt64(length))
    else { return false }
    return walk(from: 0, table: table, count: count, into: &chain, mayNest: false)
  }

  private func append(_ descriptor: vz_vsock_descriptor, to chain: inout DescriptorChain) -> Bool {
    let length = UInt32(littleEndian: descriptor.length)
    chain.byteCount += Int(length)
    return memory.append(
      guestAddress: UInt64(littleEndian: descriptor.address), length: length, to: &chain.parts,
      limit: Self.maximumParts)
  }
}

extension DescriptorChain {
  /// Copies the first bytes out of the buffer, whatever pieces it is cut into. The buffer must be long enough.
  func copyPrefix(to destination: UnsafeMutableRawBufferPointer) {
    var done = 0
    for part in parts where done < destination.count {
      let count = min(part.iov_len, destination.count - done)
      guard let source = part.iov_base, let target = destination.baseAddress else { return }
      memcpy(target + done, source, count)
      done += count
    }
  }

  /// Copies `source` over the first bytes of the buffer, which must be long enough.
  func writePrefix(_ source: UnsafeRawBufferPointer) {
    var done = 0
    for part in parts where done < source.count {
      let count = min(part.iov_len, source.count - done)
      guard let target = part.iov_base, let start = source.baseAddress else { return }
      memcpy(target, start + done, count)
      done += count
    }
  }

  /// Adds the `length` bytes after the first `skipped` to `target`; returns how many there were.
  @discardableResult
  func appendParts(skipping skipped: Int, length: Int, to target: inout [iovec]) -> Int {
    var skip = skipped
    var rest = length
    for part in parts where rest > 0 {
      guard skip < part.iov_len else {
        skip -= part.iov_len
        continue
      }
      let count = min(part.iov_len - skip, rest)
      target.append(iovec(iov_base: part.iov_base.map { $0 + skip }, iov_len: count))
      rest -= count
      skip = 0
    }
    return length - rest
  }
}
