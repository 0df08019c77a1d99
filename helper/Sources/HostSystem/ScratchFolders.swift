#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The folders for sockets and files that live only for a moment.
package enum ScratchFolders {
  /// A folder that was tried and is of no use.
  package struct Problem: Error, CustomStringConvertible {
    /// All folders that were tried, each with its reason.
    package let description: String
  }

  /// The folders to try, in this order: `XDG_RUNTIME_DIR`, `TMPDIR`, `/tmp`. What is no absolute path is left out.
  package static var candidates: [String] {
    ["XDG_RUNTIME_DIR", "TMPDIR"].compactMap { name in
      // Not by Foundation, which encodes what is not ASCII.
      guard let value = getenv(name).map({ String(cString: $0) }), value.hasPrefix("/") else { return nil }
      return value.count > 1 && value.hasSuffix("/") ? String(value.dropLast()) : value
    } + ["/tmp"]
  }

  /// Runs `body` with one folder after the other until it succeeds.
  ///
  /// - Throws: `Problem` when it fails in all of them.
  package static func firstUsable<Result>(
    of folders: [String] = candidates, _ body: (_ folder: String) throws -> Result
  ) throws -> Result {
    var problems: [String] = []
    for folder in folders {
      do { return try body(folder) } catch { problems.append("\(folder): \(error)") }
    }
    throw Problem(
      description: "none of the folders for temporary files can be used (\(problems.joined(separator: "; "))). "
        + "Set TMPDIR to the absolute path of a folder that can be written")
  }
}
