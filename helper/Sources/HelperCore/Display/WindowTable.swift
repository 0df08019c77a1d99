import Foundation
import HelperProtocol
import HelperWindow
import HostSystem
import Virtualization

/// A window of the host on a machine.
protocol OpenWindow: Sendable {
  /// Closes it without asking anybody. Doing it twice is fine.
  func close()
}

extension MachineWindow: OpenWindow {}

/// The open windows, at most one for each machine.
final class WindowTable: Sendable {
  /// Opens a window; its last argument is asked whether it may close when a person wants it to.
  typealias Opener = @Sendable (VZVirtualMachine, MachineWindowContent, @escaping () -> Bool) -> any OpenWindow

  private struct Entry {
    let window: any OpenWindow
    let number: UInt64
    /// The guest was asked to turn itself off by closing the window.
    var wasAsked = false
  }

  private let entries = Locked<[MachineHandle: Entry]>([:])
  private let lastNumber = Locked<UInt64>(0)
  private let opener: Opener
  private let emit: @Sendable (WindowClosedEvent) -> Void

  /// - Parameter emit: tells all clients.
  init(opener: @escaping Opener, emit: @escaping @Sendable (WindowClosedEvent) -> Void) {
    self.opener = opener
    self.emit = emit
  }

  /// Opens a window on a machine, in place of one that is open.
  func open(_ machine: Machine, _ options: MachineWindowContent, _ behavior: WindowCloseBehavior) {
    let number = lastNumber.with { number in
      number += 1
      return number
    }
    let window = opener(machine.virtualMachine, options) { [weak self, weak machine] in
      guard let self, let machine else { return true }
      return self.personCloses(machine, number, behavior)
    }
    let previous = entries.with { $0.updateValue(Entry(window: window, number: number), forKey: machine.handle) }
    previous?.window.close()
  }

  /// Does nothing when there is none.
  func close(_ machine: MachineHandle, _ reason: WindowClosedReason) {
    guard let entry = entries.with({ $0.removeValue(forKey: machine) }) else { return }
    entry.window.close()
    emit(WindowClosedEvent(machine: machine, reason: reason))
  }

  /// - Returns: whether the window closes. On the main thread.
  private func personCloses(_ machine: Machine, _ number: UInt64, _ behavior: WindowCloseBehavior) -> Bool {
    if behavior == .requestStop, asksFirst(machine, number) {
      machine.line.submit { _ in try? machine.requestStop(stopAfter: nil) }
      return false
    }
    let wasOpen = entries.with { entries in
      guard entries[machine.handle]?.number == number else { return false }
      entries[machine.handle] = nil
      return true
    }
    if wasOpen { emit(WindowClosedEvent(machine: machine.handle, reason: .user)) }
    if behavior == .stop { machine.line.submit { turn in machine.stopIfRunning { turn.end() } } }
    return true
  }

  /// Whether the guest runs and is to be asked now, for the first time.
  private func asksFirst(_ machine: Machine, _ number: UInt64) -> Bool {
    guard machine.currentState == .running else { return false }
    return entries.with { entries in
      guard let entry = entries[machine.handle], entry.number == number, !entry.wasAsked else { return false }
      entries[machine.handle]?.wasAsked = true
      return true
    }
  }
}
