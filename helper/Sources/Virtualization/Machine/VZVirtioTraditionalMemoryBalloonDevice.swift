import Foundation

/// A balloon by which the guest gives memory back to the host. Used on the machine's queue.
///
/// Wraps `VZVirtioTraditionalMemoryBalloonDevice`, macOS 11.0.
open class VZVirtioTraditionalMemoryBalloonDevice: VZMemoryBalloonDevice {
  private weak var machine: VZVirtualMachine?
  private let memorySize: UInt64
  private var target: UInt64

  init(machine: VZVirtualMachine, memorySize: UInt64) {
    self.machine = machine
    self.memorySize = memorySize
    target = memorySize
    super.init(base: ())
  }

  /// How much memory the guest shall have, in bytes. At first all of the machine's memory.
  ///
  /// Setting it is a request to the guest, who may take its time or ignore it. The value is rounded down to 1 MiB and kept
  /// between the smallest memory a machine may have and this machine's memory.
  public var targetVirtualMachineMemorySize: UInt64 {
    get { target }
    set {
      let smallest = min(VZVirtualMachineConfiguration.minimumAllowedMemorySize, memorySize)
      target = min(max(newValue & ~((1 << 20) - 1), smallest), memorySize)
      apply()
    }
  }

  /// A machine that starts anew has all its memory.
  func reset() {
    target = memorySize
  }

  private func apply() {
    machine?.session?.execute("balloon", ["value": .integer(Int64(clamping: target))]) { result in
      if case .failure(.refused(_, let reason)) = result {
        HypervisorLog.write("the guest cannot be asked for memory: \(reason)")
      }
    }
  }
}
