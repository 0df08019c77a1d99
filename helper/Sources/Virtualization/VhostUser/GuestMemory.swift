import CVirtualization
import Foundation

/// One range of guest memory as the front end announces it.
struct GuestMemoryRange: Equatable {
  /// Where the guest sees it.
  var guestAddress: UInt64
  /// Length in bytes.
  var size: UInt64
  /// Where the front end has mapped it: ring addresses are given in its terms.
  var userAddress: UInt64
  /// Where the range starts in the shared file, in bytes.
  var fileOffset: UInt64
}

/// The guest's memory, mapped here. Every address that the guest or the front end names goes through here and is
/// checked, including against overflow, so that none can reach outside.
final class GuestMemory {
  private struct Region {
    var range: GuestMemoryRange
    var start: UnsafeMutableRawPointer
    var mapping: UnsafeMutableRawPointer
    var mappingSize: Int
  }

  private var regions: [Region] = []

  /// Maps `ranges[i]` of `descriptors[i]`; the descriptors stay the caller's. Nil when any of them cannot be mapped
  /// or could shrink under us.
  init?(ranges: [GuestMemoryRange], descriptors: [Int32]) {
    guard ranges.count == descriptors.count else { return nil }
    for (range, descriptor) in zip(ranges, descriptors) {
      guard let region = GuestMemory.map(range, of: descriptor) else { return nil }
      regions.append(region)
    }
  }

  deinit {
    for region in regions { munmap(region.mapping, region.mappingSize) }
  }

  /// The `length` bytes at a guest address, if they lie within one range.
  func pointer(guestAddress: UInt64, length: UInt64) -> UnsafeMutableRawPointer? {
    pointer(address: guestAddress, length: length, base: \.range.guestAddress)
  }

  /// The `length` bytes at an address of the front end, if they lie within one range.
  func pointer(userAddress: UInt64, length: UInt64) -> UnsafeMutableRawPointer? {
    pointer(address: userAddress, length: length, base: \.range.userAddress)
  }

  /// Adds the bytes at a guest address to `parts`, in several pieces where they cross from one range into the next.
  /// False when any byte is outside guest memory, or when `parts` would become longer than `limit`.
  func append(guestAddress: UInt64, length: UInt32, to parts: inout [iovec], limit: Int) -> Bool {
    var address = guestAddress
    var rest = UInt64(length)
    while rest > 0 {
      guard parts.count < limit,
        let region = regions.first(where: {
          address >= $0.range.guestAddress && address - $0.range.guestAddress < $0.range.size
        })
      else { return false }
      let offset = address - region.range.guestAddress
      let count = min(rest, region.range.size - offset)
      parts.append(iovec(iov_base: region.start + Int(offset), iov_len: Int(count)))
      rest -= count
      let (next, overflow) = address.addingReportingOverflow(count)
      guard rest == 0 || !overflow else { return false }
      address = next
    }
    return true
  }

  private func pointer(
    address: UInt64, length: UInt64, base: KeyPath<Region, UInt64>
  ) -> UnsafeMutableRawPointer? {
    for region in regions {
      let start = region[keyPath: base]
      guard address >= start, address - start < region.range.size else { continue }
      let offset = address - start
      guard length <= region.range.size - offset else { continue }
      return region.start + Int(offset)
    }
    return nil
  }

  private static func map(_ range: GuestMemoryRange, of descriptor: Int32) -> Region? {
    let pageMask = UInt64(getpagesize() - 1)
    let (end, overflow) = range.fileOffset.addingReportingOverflow(range.size)
    guard range.size > 0, !overflow, end <= UInt64(Int64.max),
      !range.guestAddress.addingReportingOverflow(range.size - 1).overflow,
      !range.userAddress.addingReportingOverflow(range.size - 1).overflow,
      vz_vsock_is_sealed(descriptor) != 0
    else { return nil }
    var information = stat()
    guard fstat(descriptor, &information) == 0, Int64(end) <= Int64(information.st_size) else { return nil }
    let mappingOffset = range.fileOffset & ~pageMask
    let lead = Int(range.fileOffset - mappingOffset)
    let mappingSize = lead + Int(range.size)
    guard
      let mapping = mmap(
        nil, mappingSize, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, off_t(mappingOffset)),
      mapping != MAP_FAILED
    else { return nil }
    return Region(range: range, start: mapping + lead, mapping: mapping, mappingSize: mappingSize)
  }
}
