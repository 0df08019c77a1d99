import Foundation

/// The orderly end of all machines, once begun.
final class HelperEnd: @unchecked Sendable {  // the fields are only used on `queue`
  /// Seconds that the forced stop of all machines may take before the process ends without them; the hypervisor's
  /// processes end with it.
  private static let patience = 10.0

  private let machines: MachineTable
  private let grace: Double
  private let queue = DispatchQueue(label: "vzkit.end")
  private var whenDone: [() -> Void] = []
  private var onEnd: (@Sendable () -> Void)?
  private var isHurried = false
  private var timers: [any DispatchSourceTimer] = []

  init(machines: MachineTable, grace: Double) {
    self.machines = machines
    self.grace = grace
  }

  /// Adds something to do between the end of the machines and that of the process.
  func whenDone(_ body: @escaping () -> Void) {
    queue.async { self.whenDone.append(body) }
  }

  /// - Parameter onEnd: called once, when no machine is left or patience is over.
  func begin(onEnd: @escaping @Sendable () -> Void) {
    queue.async { [self] in
      self.onEnd = onEnd
      for machine in machines.all { machine.cancelInstallations() }
      at(seconds: grace + Self.patience) { [self] in finish() }
      if grace > 0, !isHurried {
        at(seconds: grace) { [self] in stopAll() }
        askAll()
      } else {
        stopAll()
      }
    }
  }

  /// Ends the grace now.
  func hurry() {
    queue.async { [self] in
      guard !isHurried else { return finish() }
      isHurried = true
      stopAll()
      at(seconds: Self.patience) { [self] in finish() }
    }
  }

  private func askAll() {
    let group = DispatchGroup()
    for machine in machines.all {
      group.enter()
      machine.line.submit { _ in machine.askToEnd { group.leave() } }
    }
    group.notify(queue: queue) { [self] in stopAll() }
  }

  /// Stops what runs and lets go of all machines. Doing it twice is fine.
  private func stopAll() {
    let group = DispatchGroup()
    for machine in machines.all {
      group.enter()
      machine.line.submit { turn in
        machine.dispose { _ in
          turn.end()
          machine.closeConsoles { group.leave() }
        }
      }
    }
    group.notify(queue: queue) { [self] in finish() }
  }

  private func finish() {
    guard let onEnd else { return }
    self.onEnd = nil
    for timer in timers { timer.cancel() }
    timers = []
    for body in whenDone { body() }
    // Outside of this queue: it may wait for clients to take their last answers.
    DispatchQueue.global().async(execute: onEnd)
  }

  private func at(seconds: Double, _ body: @escaping () -> Void) {
    let timer = DispatchSource.makeTimerSource(queue: queue)
    timer.schedule(deadline: .now() + seconds)
    timer.setEventHandler(handler: body)
    timer.resume()
    timers.append(timer)
  }
}
