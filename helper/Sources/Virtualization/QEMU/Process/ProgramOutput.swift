import Foundation

/// Runs a program that says something short and ends.
enum ProgramOutput {
  private static let patience = DispatchTimeInterval.seconds(30)

  /// What it wrote to its standard output and error together.
  static func collect(_ path: String, _ arguments: [String]) throws -> String {
    let child = try ChildProcess.launch(ChildLaunch(path: path, arguments: arguments, collectsOutput: true))
    let done = DispatchSemaphore(value: 0)
    child.whenExited { _ in done.signal() }
    if done.wait(timeout: .now() + patience) == .timedOut {
      child.kill()
      throw HypervisorHost.Problem(
        finding: "\(path) \(arguments.joined(separator: " ")) does not end.", remedy: "Install the program anew.")
    }
    return child.lastMessages
  }
}
