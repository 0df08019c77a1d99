import Foundation
import XCTest

/// The built helper as a process of its own.
final class HelperProcess {
  let process = Process()
  let client: TestClient
  private let errors = Pipe()

  /// - Parameter limits: shell commands that go before, such as `ulimit -f 100`.
  init(_ arguments: [String] = [], environment: [String: String] = [:], limits: String = "true") throws {
    let (input, output) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "\(limits); exec \"$@\"", "sh"] + (try Self.command()) + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = input
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    client = TestClient(
      reading: dup(output.fileHandleForReading.fileDescriptor), writing: dup(input.fileHandleForWriting.fileDescriptor))
    try output.fileHandleForWriting.close()
    try input.fileHandleForReading.close()
    try input.fileHandleForWriting.close()
  }

  deinit {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
  }

  /// Waits for the end; what it printed to standard error.
  func waitForEnd() -> String {
    let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text
  }

  /// The helper lies beside the tests. Where these run under a dynamic loader of another system's root, so does the helper.
  private static func command() throws -> [String] {
    let own = CommandLine.arguments[0]
    let helper = (own as NSString).deletingLastPathComponent + "/vzkit-helper"
    guard access(helper, X_OK) == 0 else { throw XCTSkip("there is no helper at \(helper)") }
    let loader = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    guard (loader as NSString).lastPathComponent.hasPrefix("ld-") else { return [helper] }
    let line = FileManager.default.contents(atPath: "/proc/self/cmdline") ?? Data()
    let words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    return words.prefix { $0 != own } + [helper]
  }
}

/// Processes by their numbers.
enum Processes {
  static func children(of parent: Int32) -> [Int32] {
    let path = "/proc/\(parent)/task"
    let threads = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return threads.flatMap { thread -> [Int32] in
      let text = (try? String(contentsOfFile: "\(path)/\(thread)/children", encoding: .utf8)) ?? ""
      return text.split(separator: " ").compactMap { Int32($0) }
    }
  }

  /// Whether they are all gone within half a minute.
  static func areGone(_ processes: [Int32]) -> Bool {
    for _ in 0..<600 {
      if processes.allSatisfy({ kill($0, 0) != 0 || isZombie($0) }) { return true }
      usleep(50_000)
    }
    return false
  }

  private static func isZombie(_ process: Int32) -> Bool {
    let text = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
    return text.split(separator: ")").last?.hasPrefix(" Z") ?? false
  }
}
