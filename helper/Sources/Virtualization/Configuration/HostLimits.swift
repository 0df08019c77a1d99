import Foundation

/// What this host can give to one machine.
enum HostLimits {
  static let mebibyte: UInt64 = 1 << 20

  /// The processors that this process may run on.
  static let processorCount = min(max(ProcessInfo.processInfo.activeProcessorCount, 1), qemuMaximum)

  /// QEMU runs a virtual CPU as a thread, so more of them than processors are slow but work; a guest that asks for 4 must
  /// not fail on a host of 2.
  static let cpuCounts = 1...max(processorCount, 8)

  /// Less than this and no common kernel gets as far as saying that it has too little.
  private static let smallestMemory = 32 * mebibyte

  static let memorySizes: ClosedRange<UInt64> = {
    let hostMemory = ProcessInfo.processInfo.physicalMemory
    return smallestMemory...max(hostMemory - hostMemory % mebibyte, smallestMemory)
  }()

  static let defaultMemorySize = min(512 * mebibyte, memorySizes.upperBound)

  /// QEMU's q35 machine has no more CPUs without an interrupt remapper.
  private static let qemuMaximum = 255
}
