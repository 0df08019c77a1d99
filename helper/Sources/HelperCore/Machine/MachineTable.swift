import Foundation
import HelperProtocol

/// The machines of this helper by their handles. Usable from any thread.
final class MachineTable: @unchecked Sendable {  // the fields are only touched with the lock held
  private let lock = NSLock()
  private var machines: [MachineHandle: Machine] = [:]
  private var order: [MachineHandle] = []
  private var lastNumber = 0

  func makeHandle() -> MachineHandle {
    lock.withLock {
      lastNumber += 1
      return "machine-\(lastNumber)"
    }
  }

  func add(_ machine: Machine) {
    lock.withLock {
      machines[machine.handle] = machine
      order.append(machine.handle)
    }
  }

  func find(_ handle: MachineHandle) throws -> Machine {
    guard let machine = lock.withLock({ machines[handle] }) else { throw WireError.machineNotFound(handle) }
    return machine
  }

  func remove(_ machine: Machine) {
    lock.withLock {
      machines[machine.handle] = nil
      order.removeAll { $0 == machine.handle }
    }
  }

  /// Oldest first.
  var all: [Machine] { lock.withLock { order.compactMap { machines[$0] } } }
}
