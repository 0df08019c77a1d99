import CVirtualization
import Foundation

/// Which of the two virtiofsd programs is installed: the one in Rust, or QEMU's former own one in C.
struct FileSystemDaemonFacts: Codable, Equatable {
  enum Kind: String, Codable {
    case rust, c
  }

  var kind: Kind
  var version: String

  /// Whether it tells guests of mount points unless told not to, as newer ones do.
  var announcesSubmounts = false

  static func of(_ path: String) throws -> FileSystemDaemonFacts {
    try ProgramFacts.cached(for: path, kind: "virtiofsd") { try ask(path) }
  }

  private static func ask(_ path: String) throws -> FileSystemDaemonFacts {
    let text = try ProgramOutput.collect(path, ["--version"])
    let words = text.split(whereSeparator: \.isWhitespace)
    // "virtiofsd 1.13.2" against "virtiofsd version 7.2.22 (Debian …)".
    guard words.count >= 2, words[0].hasSuffix("virtiofsd") else {
      throw HypervisorHost.Problem(
        finding: "\(path) does not tell its version; it seems not to be virtiofsd.",
        remedy: HypervisorTool.virtiofsd.reinstallation)
    }
    if words[1] == "version" {
      return FileSystemDaemonFacts(kind: .c, version: words.count > 2 ? String(words[2]) : "unknown")
    }
    // Those that do not know the option refuse it.
    let answer = try ProgramOutput.collect(path, ["--no-announce-submounts", "--version"])
    return FileSystemDaemonFacts(kind: .rust, version: String(words[1]), announcesSubmounts: answer == text)
  }
}
