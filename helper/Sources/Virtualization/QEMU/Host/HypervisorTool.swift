import Foundation
import HostSystem

/// A program this module runs, and where it may be.
struct HypervisorTool {
  let name: String
  let environmentVariable: String
  /// Paths beyond PATH where distributions put it.
  let otherPaths: [String]
  /// The command that installs it.
  let remedy: String

  /// What to do about a program that does not behave as this one.
  var reinstallation: String { "Install it anew, or name another one in \(environmentVariable)." }

  static let qemu = HypervisorTool(
    name: HostArchitecture.current.qemuName, environmentVariable: "VZKIT_QEMU", otherPaths: [],
    remedy: "Install it with: apt-get install \(HostArchitecture.current.qemuPackage)")

  static let virtiofsd = HypervisorTool(
    name: "virtiofsd", environmentVariable: "VZKIT_VIRTIOFSD",
    otherPaths: ["/usr/libexec/virtiofsd", "/usr/lib/qemu/virtiofsd"],
    remedy: "Install it with: apt-get install virtiofsd (Debian 13 and later), or qemu-system-common on Debian 12.")

  /// The absolute path; the error names what is missing and how to get it.
  func find() throws -> String {
    let environment = ProcessInfo.processInfo.environment
    if let chosen = environment[environmentVariable], !chosen.isEmpty {
      guard chosen.hasPrefix("/"), Self.isProgram(chosen) else {
        throw HypervisorHost.Problem(
          finding: "\(environmentVariable) is set to “\(chosen)”, which is not the absolute path of a program.",
          remedy: "Set it to the absolute path of \(name), or unset it.")
      }
      return chosen
    }
    let path = environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    let folders = path.split(separator: ":").filter { $0.first == "/" }
    let candidates = ["\(CacheFolder.root)/bin/\(name)"] + folders.map { "\($0)/\(name)" } + otherPaths
    guard let found = candidates.first(where: Self.isProgram) else {
      throw HypervisorHost.Problem(finding: "\(name) is not installed.", remedy: remedy)
    }
    return found
  }

  private static func isProgram(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
  }
}
