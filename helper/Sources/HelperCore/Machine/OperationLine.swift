import Foundation

/// The operations of one machine: one after the other, in the order of arrival, each until its turn ends.
///
/// Nothing here waits. Operations run on the machine's queue.
final class OperationLine: @unchecked Sendable {  // the fields are only touched with the lock held
  /// Runs on the machine's queue and keeps its turn until the next operation may begin.
  typealias Operation = (Turn) -> Void

  /// A place in the line.
  typealias Ticket = UInt64

  private let queue: DispatchQueue
  private let lock = NSLock()
  private var waiting: [(ticket: Ticket, operation: Operation)] = []
  private var isBusy = false
  private var lastTicket: Ticket = 0

  init(queue: DispatchQueue) {
    self.queue = queue
  }

  /// Puts an operation at the end of the line.
  ///
  /// - Parameter isShort: it does not block, so that with nothing before it it may run at once on the calling thread,
  ///   without the detour over another thread.
  @discardableResult
  func submit(isShort: Bool = false, _ operation: @escaping Operation) -> Ticket {
    lock.lock()
    lastTicket += 1
    let ticket = lastTicket
    guard !isBusy else {
      waiting.append((ticket, operation))
      lock.unlock()
      return ticket
    }
    isBusy = true
    lock.unlock()
    if isShort { queue.sync { run(operation) } } else { queue.async { self.run(operation) } }
    return ticket
  }

  /// Takes an operation out of the line. False when it has begun already.
  func withdraw(_ ticket: Ticket) -> Bool {
    lock.withLock {
      guard let index = waiting.firstIndex(where: { $0.ticket == ticket }) else { return false }
      waiting.remove(at: index)
      return true
    }
  }

  private func run(_ operation: Operation) {
    operation(Turn { self.advance() })
  }

  private func advance() {
    let next = lock.withLock { () -> Operation? in
      guard !waiting.isEmpty else {
        isBusy = false
        return nil
      }
      return waiting.removeFirst().operation
    }
    guard let next else { return }
    queue.async { self.run(next) }
  }
}
