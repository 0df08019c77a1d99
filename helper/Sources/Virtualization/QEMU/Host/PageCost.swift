import Glibc

/// What memory costs a guest that is emulated, when QEMU touches it for the first time.
///
/// In a virtual machine whose host takes free pages back, a huge page costs about 6 ms at its first touch, of which a guest
/// that starts may need little. Small pages are cheaper there, unless each of their faults leads through the host as well:
/// then 512 of them cost more than the huge page.
enum PageCost {
  private static let pageCount = 256
  private static let pageSize = 4096
  /// Nanoseconds for the first touch of a small page. A fault that the system handles alone takes less than a quarter of it.
  private static let limit = 4000.0

  /// Whether the memory of emulated guests had better come in small pages. Measured once, in less than five milliseconds.
  static let prefersSmallPages: Bool = smallPageFault().map { $0 < limit } ?? true

  /// Nanoseconds, the mean of many first touches; nil when there is no memory for it.
  private static func smallPageFault() -> Double? {
    let size = pageCount * pageSize
    let memory = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let memory, memory != MAP_FAILED else { return nil }
    defer { munmap(memory, size) }
    madvise(memory, size, Int32(MADV_NOHUGEPAGE))
    let begin = nanoseconds()
    for page in 0..<pageCount { memory.storeBytes(of: 1, toByteOffset: page * pageSize, as: UInt8.self) }
    return Double(nanoseconds() - begin) / Double(pageCount)
  }

  private static func nanoseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }
}
