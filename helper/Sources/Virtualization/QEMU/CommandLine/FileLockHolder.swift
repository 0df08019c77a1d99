import Foundation

/// The process that holds the lock of a file, as the kernel lists it.
struct FileLockHolder: CustomStringConvertible {
  let processIdentifier: pid_t
  let name: String?

  /// Whether it has ended or is about to. The lock stays as long as a child has the file that was locked.
  var isEnding: Bool { HostProcess.isEnding(processIdentifier) }

  var description: String {
    if processIdentifier == getpid() { return "another machine of this process" }
    return (name.map { "\($0) " } ?? "") + "(process \(processIdentifier))"
  }

  static func of(_ descriptor: Int32) -> FileLockHolder? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, let table = FileManager.default.contents(atPath: "/proc/locks") else {
      return nil
    }
    return find(inode: UInt64(status.st_ino), in: String(decoding: table, as: UTF8.self)).map {
      FileLockHolder(processIdentifier: $0, name: name(of: $0))
    }
  }

  /// Lines read like "3: FLOCK  ADVISORY  WRITE 2213 08:01:131097 0 EOF". The device is not compared: some file systems
  /// tell another number here than `stat` does.
  static func find(inode: UInt64, in table: String) -> pid_t? {
    for line in table.split(separator: "\n") {
      let words = line.split(separator: " ", omittingEmptySubsequences: true)
      guard words.count >= 6, words[1] == "FLOCK", words[5].hasSuffix(":\(inode)") else { continue }
      if let pid = pid_t(words[4]), pid > 0 { return pid }
    }
    return nil
  }

  private static func name(of pid: pid_t) -> String? {
    guard let data = FileManager.default.contents(atPath: "/proc/\(pid)/comm") else { return nil }
    let name = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    return name.isEmpty ? nil : name
  }
}
