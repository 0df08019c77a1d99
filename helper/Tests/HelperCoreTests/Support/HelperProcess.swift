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

  #if os(Linux)
    /// The helper lies beside the tests. Where these run under a dynamic loader of another system's root, so does the
    /// helper.
    private static func command() throws -> [String] {
      let own = CommandLine.arguments[0]
      let helper = try built(beside: own)
      let loader = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
      guard (loader as NSString).lastPathComponent.hasPrefix("ld-") else { return [helper] }
      let line = FileManager.default.contents(atPath: "/proc/self/cmdline") ?? Data()
      let words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
      return words.prefix { $0 != own } + [helper]
    }
  #else
    /// The helper lies beside the bundle of the tests; the program that runs them is Xcode's.
    private static func command() throws -> [String] { [try built(beside: Bundle(for: HelperProcess.self).bundlePath)] }
  #endif

  private static func built(beside path: String) throws -> String {
    let helper = (path as NSString).deletingLastPathComponent + "/vzkit-helper"
    guard access(helper, X_OK) == 0 else { throw XCTSkip("there is no helper at \(helper)") }
    return helper
  }
}
