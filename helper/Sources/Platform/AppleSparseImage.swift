import Foundation

/// Disk images in Apple's sparse image format (ASIF), which stay small on every file system and in every copy.
package enum AppleSparseImage {
  #if os(Linux)
    /// Why this host cannot make any; nil when it can.
    package static let creationProblem: String? =
      "Disk images in Apple's sparse image format (ASIF) are made on macOS 26 or later; this host runs Linux. "
      + "Use the format raw, which takes space only as the guest writes too."

    /// Why this host cannot run guests on them; nil when it can.
    package static let useProblem: String? =
      "It is in Apple's sparse image format (ASIF), which only macOS reads. Convert it to RAW on a Mac with "
      + "\"diskutil image create from --format RAW\"."
  #else
    package static var creationProblem: String? {
      if #available(macOS 26.0, *) { return nil }
      return "Disk images in Apple's sparse image format (ASIF) are made on macOS 26 or later; this host has macOS "
        + "\(HostFacts.operatingSystemVersion). Use the format raw, which takes space only as the guest writes too."
    }

    /// The framework's to say.
    package static let useProblem: String? = nil
  #endif

  /// What such an image begins with.
  private static let mark = Array("shdw".utf8)

  /// Whether a file is such an image. One that cannot be read is none.
  package static func isPresent(at path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var head = [UInt8](repeating: 0, count: mark.count)
    return pread(descriptor, &head, head.count, 0) == head.count && head == mark
  }
}
