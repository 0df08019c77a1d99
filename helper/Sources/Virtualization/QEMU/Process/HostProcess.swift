import Foundation

/// What the kernel tells of any process.
package enum HostProcess {
  /// "I am shutting down", in the kernel's include/linux/sched.h.
  private static let exitingFlag: UInt64 = 0x4
  private static let killSignal: UInt64 = 1 << (9 - 1)

  /// Whether a process is gone, or will be in a moment: it has been killed, is on its way out, or is dead and not reaped.
  /// What it has locked is free as soon as it is gone.
  package static func isEnding(_ processIdentifier: pid_t) -> Bool {
    guard let stat = text("/proc/\(processIdentifier)/stat"),
      let status = text("/proc/\(processIdentifier)/status")
    else { return true }
    return isEnding(stat: stat, status: status)
  }

  /// - Parameters:
  ///   - stat: one line; the name in parentheses may hold anything.
  ///   - status: one `Name:\tvalue` a line.
  static func isEnding(stat: String, status: String) -> Bool {
    let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
    guard fields.count > 6 else { return true }
    if fields[0] == "Z" || fields[0] == "X" { return true }
    if let flags = UInt64(fields[6]), flags & exitingFlag != 0 { return true }
    for line in status.split(separator: "\n") where line.hasPrefix("SigPnd:") || line.hasPrefix("ShdPnd:") {
      if let signals = UInt64(line.dropFirst(7).trimmingCharacters(in: .whitespaces), radix: 16),
        signals & killSignal != 0
      {
        return true
      }
    }
    return false
  }

  private static func text(_ path: String) -> String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }
}
