import Foundation

/// What holds a lock.
enum LockOwner: Equatable {
  /// A machine, by its name or handle.
  case machine(String)
  /// A request under way, by its method.
  case request(String)
  /// What a helper writes, such as "screenshot".
  case output(String)
}

/// A lock's owner and its helper's process, as they sign the lock file for those who come later.
struct LockHolder: Equatable {
  let process: pid_t
  let owner: LockOwner

  /// The line in the lock file.
  var line: String {
    switch owner {
    case .machine(let name): "\(process) machine \(Self.shortened(name))\n"
    case .output(let role): "\(process) output \(Self.shortened(role))\n"
    case .request(let method): "\(process) request \(Self.shortened(method))\n"
    }
  }

  /// What to call it in a sentence.
  var words: String {
    switch owner {
    case .machine(let name): "machine \"\(name)\" of the helper with process id \(process)"
    case .output(let role): "the \(role) that the helper with process id \(process) writes"
    case .request(let method): "the request \(method) of the helper with process id \(process)"
    }
  }

  /// Whether it goes by itself.
  var isPassing: Bool {
    if case .machine = owner { return false }
    return true
  }

  /// Whether the process is there. Its number may have been given anew.
  var isAlive: Bool { kill(process, 0) == 0 || errno == EPERM }

  init(process: pid_t = getpid(), owner: LockOwner) { (self.process, self.owner) = (process, owner) }

  /// Reads a line of a lock file; nil when it is not one.
  init?(line: some StringProtocol) {
    let parts = line.split(separator: " ", maxSplits: 2)
    guard parts.count == 3, let process = pid_t(parts[0]) else { return nil }
    switch parts[1] {
    case "machine": self.init(process: process, owner: .machine(String(parts[2])))
    case "output": self.init(process: process, owner: .output(String(parts[2])))
    case "request": self.init(process: process, owner: .request(String(parts[2])))
    default: return nil
    }
  }

  private static func shortened(_ text: String) -> String {
    String(text.prefix(64).map { $0.isNewline ? " " : $0 })
  }
}
