import Foundation
import XCTest

/// Processes by their numbers.
enum Processes {
  #if os(Linux)
    /// What may be a process of a guest of `helper`: its children.
    static func ofGuests(of helper: Int32) throws -> Set<Int32> {
      let path = "/proc/\(helper)/task"
      let threads = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      return Set(
        threads.flatMap { thread -> [Int32] in
          let text = (try? String(contentsOfFile: "\(path)/\(thread)/children", encoding: .utf8)) ?? ""
          return text.split(separator: " ").compactMap { Int32($0) }
        })
    }

    private static func isZombie(_ process: Int32) -> Bool {
      let text = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
      return text.split(separator: ")").last?.hasPrefix(" Z") ?? false
    }
  #else
    /// What may be a process of a guest of `helper`: those in which the framework runs guests. launchd starts them, so
    /// they are nobody's children, and whose they are shows only in when they come and go.
    static func ofGuests(of helper: Int32) throws -> Set<Int32> {
      Set(try list().filter { $0.command.hasSuffix("/com.apple.Virtualization.VirtualMachine") }.map(\.number))
    }

    private static func isZombie(_ process: Int32) -> Bool {
      (try? list().first { $0.number == process })?.state.hasPrefix("Z") ?? false
    }

    private static func list() throws -> [(number: Int32, state: String, command: String)] {
      let (process, output) = (Process(), Pipe())
      process.executableURL = URL(fileURLWithPath: "/bin/ps")
      process.arguments = ["-axo", "pid=,state=,comm="]
      process.standardOutput = output
      try process.run()
      let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      return text.split(separator: "\n").compactMap { line in
        let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true)
        guard words.count == 3, let number = Int32(words[0]) else { return nil }
        return (number, String(words[1]), words[2].trimmingCharacters(in: .whitespaces))
      }
    }
  #endif

  /// Whether they are all gone within half a minute.
  static func areGone(_ processes: Set<Int32>) -> Bool {
    for _ in 0..<600 {
      if processes.allSatisfy({ kill($0, 0) != 0 || isZombie($0) }) { return true }
      usleep(50_000)
    }
    return false
  }
}
