import CVirtualization
import Foundation

/// The thread that creates all children. The kernel ties a child's death signal to the thread which created it, so that
/// thread must live as long as the process; the threads of dispatch queues come and go.
final class Spawner: @unchecked Sendable {
  static let shared = Spawner()

  private let condition = NSCondition()
  private var jobs: [() -> Void] = []

  private init() {
    let thread = Thread { [unowned self] in run() }
    thread.name = "vz-spawner"
    thread.stackSize = 256 << 10
    thread.start()
  }

  /// Runs `body` on the spawner's thread and returns what it returned.
  func perform<Value>(_ body: @escaping () throws -> Value) throws -> Value {
    var result: Result<Value, any Error>?
    let done = DispatchSemaphore(value: 0)
    condition.lock()
    jobs.append {
      result = Result(catching: body)
      done.signal()
    }
    condition.signal()
    condition.unlock()
    done.wait()
    guard let result else { preconditionFailure("the job signals only after it has set the result") }
    return try result.get()
  }

  private func run() {
    while true {
      condition.lock()
      while jobs.isEmpty { condition.wait() }
      let job = jobs.removeFirst()
      condition.unlock()
      job()
    }
  }
}
