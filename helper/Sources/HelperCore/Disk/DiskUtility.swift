import Foundation
import HelperProtocol
import Platform

/// macOS's `diskutil image`, the one public way to Apple's sparse images before macOS 27.
struct DiskUtility {
  /// The program; another one in tests.
  var executable = "/usr/sbin/diskutil"
  /// Why this host has no such images.
  var problem = AppleSparseImage.creationProblem

  /// Makes an image of zeros, without partitions.
  ///
  /// - Parameters:
  ///   - path: where there is nothing yet; ends in `.asif`, so that nothing is put behind it.
  ///   - size: in bytes.
  /// - Throws: `WireError`; then the path may hold part of an image.
  func createImage(at path: String, size: UInt64, isCancelled: () -> Bool) throws {
    if let problem { throw WireError(.notSupported, problem) }
    try run(
      ["image", "create", "blank", "--fs", "none", "--format", "ASIF", "--size", String(size), path],
      "make the disk image", isCancelled)
    guard AppleSparseImage.isPresent(at: path) else {
      throw WireError(.inputOutput, "\(executable) has made no image in Apple's sparse image format at \(path).")
    }
  }

  /// Bytes of an image, as the guest sees it.
  func size(of path: String) throws -> UInt64 {
    let output = try run(["image", "info", "--plist", path], "read the size of the disk image")
    let list = try? PropertyListSerialization.propertyList(from: Data(output), format: nil) as? [String: Any]
    let sizes = list?["Size Info"] as? [String: Any]
    guard let size = (sizes?["Total Bytes"] ?? list?["Size"]) as? NSNumber, size.int64Value > 0 else {
      throw WireError(.inputOutput, "\(executable) does not say how large the disk image \(path) is.")
    }
    return size.uint64Value
  }

  /// Changes the size of an image; partitions in it stay as they are.
  func resize(_ path: String, to size: UInt64) throws {
    try run(["image", "resize", "--size", String(size), path], "extend the disk image")
  }

  @discardableResult
  private func run(
    _ arguments: [String], _ attempt: String, _ isCancelled: () -> Bool = { false }
  ) throws -> [UInt8] {
    let run = try ToolRun(executable, arguments, isCancelled: isCancelled)
    guard run.status != 0 else { return run.output }
    let words = run.errorOutput.isEmpty ? String(decoding: run.output, as: UTF8.self) : run.errorOutput
    let reason = words.split(whereSeparator: \.isNewline).prefix(4).joined(separator: " ").prefix(400)
    let ending = run.status < 0 ? "was ended by signal \(-run.status)" : "ended with status \(run.status)"
    let kind: ErrorKind = words.localizedCaseInsensitiveContains("no space left") ? .outOfDiskSpace : .inputOutput
    throw WireError(
      kind, "Cannot \(attempt) \(arguments.last ?? ""): \(executable) \(ending)\(reason.isEmpty ? "." : ": \(reason)")")
  }
}
