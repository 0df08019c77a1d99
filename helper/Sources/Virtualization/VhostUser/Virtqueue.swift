import CVirtualization
import Foundation

/// The device's side of one split virtqueue (virtio 1.2, 2.7) whose rings lie in guest memory.
final class Virtqueue {
  static let maximumSize = 1024

  enum Next {
    case chain(DescriptorChain)
    case empty
    /// The driver broke the rules of the ring; nothing more is taken from it.
    case broken
  }

  private let descriptors: UnsafeMutableRawPointer
  private let available: UnsafeMutableRawPointer
  private let used: UnsafeMutableRawPointer
  private let size: UInt16
  private let usesEventIndex: Bool
  private let reader: DescriptorChainReader

  private var nextAvailable: UInt16
  private var nextUsed: UInt16
  /// The used index when the driver was last looked at for a signal; nil before the first time.
  private var signalledUsed: UInt16?
  /// Buffers taken but not used yet, so that none is parsed twice.
  private(set) var stash = FIFO<DescriptorChain>()
  private(set) var isBroken = false

  /// Nil when an address is out of guest memory or not aligned.
  init?(
    layout: VirtqueueLayout, base: UInt16, memory: GuestMemory, writable: Bool, usesEventIndex: Bool,
    allowsIndirect: Bool
  ) {
    let count = UInt64(layout.size)
    guard layout.isAligned,
      let descriptors = memory.pointer(userAddress: layout.descriptors, length: count * 16),
      let available = memory.pointer(userAddress: layout.available, length: 6 + count * 2),
      let used = memory.pointer(userAddress: layout.used, length: 6 + count * 8)
    else { return nil }
    self.descriptors = descriptors
    self.available = available
    self.used = used
    size = layout.size
    self.usesEventIndex = usesEventIndex
    reader = DescriptorChainReader(memory: memory, allowsIndirect: allowsIndirect, writable: writable)
    nextAvailable = base
    nextUsed = UInt16(littleEndian: vz_vsock_load16(used + 2))
  }

  /// Where a successor has to go on: the index of the first buffer that was not used.
  var base: UInt16 {
    nextAvailable &- UInt16(stash.count)
  }

  // MARK: - Taking buffers

  /// Takes the next buffer of the driver.
  func next() -> Next {
    if let chain = stash.popFirst() { return .chain(chain) }
    return takeFromRing()
  }

  /// Takes buffers until `count` are at hand in ``stash`` or the driver has no more. False when there is none.
  func prepare(_ count: Int) -> Bool {
    while stash.count < count, case .chain(let chain) = takeFromRing() { stash.append(chain) }
    return stash.count > 0
  }

  private func takeFromRing() -> Next {
    guard !isBroken else { return .broken }
    let ready = UInt16(littleEndian: vz_vsock_load16_acquire(available + 2)) &- nextAvailable
    if ready == 0 { return .empty }
    let slot = Int(nextAvailable & (size - 1))
    let head = UInt16(littleEndian: vz_vsock_load16(available + 4 + slot * 2))
    guard ready <= size, let chain = reader.read(head: head, table: descriptors, count: Int(size)) else {
      isBroken = true
      return .broken
    }
    nextAvailable &+= 1
    return .chain(chain)
  }

  // MARK: - Giving buffers back

  /// Gives a buffer back with `byteCount` bytes written into it; the driver sees it after ``publish(signal:)``.
  func use(_ head: UInt16, byteCount: Int) {
    let slot = used + 4 + Int(nextUsed & (size - 1)) * 8
    vz_vsock_store32(slot, UInt32(head).littleEndian)
    vz_vsock_store32(slot + 4, UInt32(byteCount).littleEndian)
    nextUsed &+= 1
    hasUnpublished = true
  }

  private var hasUnpublished = false

  /// Shows the driver all used buffers, and calls `signal` if it wants to be told.
  func publish(signal: () -> Void) {
    guard hasUnpublished else { return }
    hasUnpublished = false
    vz_vsock_store16_release(used + 2, nextUsed.littleEndian)
    vz_vsock_full_barrier()
    if wantsSignal() { signal() }
    signalledUsed = nextUsed
  }

  private func wantsSignal() -> Bool {
    guard usesEventIndex else { return UInt16(littleEndian: vz_vsock_load16(available)) & 1 == 0 }
    guard let old = signalledUsed else { return true }
    let event = UInt16(littleEndian: vz_vsock_load16(available + 4 + Int(size) * 2))
    return (nextUsed &- event &- 1) < (nextUsed &- old)
  }

  // MARK: - Being told of new buffers

  /// Asks the driver not to kick while its buffers are being worked on anyway.
  func disableKicks() {
    if !usesEventIndex { vz_vsock_store16(used, UInt16(1).littleEndian) }
  }

  /// Asks for a kick with the next buffer. True when one arrived meanwhile, which will not be kicked for.
  func enableKicks() -> Bool {
    if usesEventIndex {
      vz_vsock_store16(used + 4 + Int(size) * 8, nextAvailable.littleEndian)
    } else {
      vz_vsock_store16(used, 0)
    }
    vz_vsock_full_barrier()
    return UInt16(littleEndian: vz_vsock_load16_acquire(available + 2)) != nextAvailable
  }

  /// Takes the buffer at the front of ``stash`` for good.
  func dropFirstPrepared() {
    _ = stash.popFirst()
  }
}

/// Where the parts of a ring are, in the front end's addresses.
struct VirtqueueLayout: Equatable {
  var size: UInt16 = 0
  var descriptors: UInt64 = 0
  var available: UInt64 = 0
  var used: UInt64 = 0

  /// Whether the size is usable: a power of two within our limit.
  static func isValid(size: UInt32) -> Bool {
    size > 0 && size <= UInt32(Virtqueue.maximumSize) && size & (size - 1) == 0
  }

  var isAligned: Bool {
    Self.isValid(size: UInt32(size)) && descriptors % 16 == 0 && available % 2 == 0 && used % 4 == 0
  }
}
