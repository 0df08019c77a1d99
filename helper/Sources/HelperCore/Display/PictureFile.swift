import Foundation
import HelperProtocol
import HostSystem
import Platform

/// The file that a picture is written to. It gets its name only when it is whole.
struct PictureFile {
  let path: String
  let overwrite: Bool

  /// Asked before any work is done; `write` makes sure once more.
  func check() throws {
    try output.requireFileName()
    var status = stat()
    guard lstat(path, &status) == 0 else {
      if errno == ENOENT { return try checkFolder() }
      throw SystemError(errno, "write the screenshot", path: path)
    }
    guard overwrite else { throw exists }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw WireError(.fileExists, "\(path) is not a file that could be replaced. Choose another path.")
    }
    try output.requireUnused()
  }

  /// Blocks until the file is there.
  ///
  /// - Throws: `WireError` or `SystemError`; then nothing is left behind.
  func write(_ bytes: [UInt8]) throws {
    do {
      let file = try UnfinishedFile(for: path)
      try fill(file.descriptor, bytes)
      try FileAllocation.synchronize(file.descriptor, path: path)
      try output.whileUnused { try file.finish(replacing: overwrite) }
    } catch let error as SystemError {
      throw failure(error.number)
    }
  }

  private var output: OutputPath { OutputPath(role: "screenshot", path: path, field: "params.to") }

  private var folder: String {
    let name = (path as NSString).deletingLastPathComponent
    return name.isEmpty ? "/" : name
  }

  private var exists: WireError {
    WireError(.fileExists, "There is a file \(path) already. Choose another path or set overwrite.")
  }

  private func checkFolder() throws {
    guard access(folder, W_OK | X_OK) != 0 else { return }
    throw failure(errno)
  }

  private func fill(_ descriptor: Int32, _ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Descriptors.retrying {
        rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      }
      guard count > 0 else { throw SystemError(count < 0 ? errno : EIO, "write", path: path) }
      rest = rest.dropFirst(count)
    }
  }

  private func failure(_ number: Int32) -> any Error {
    switch number {
    case ENOENT:
      return WireError(.fileNotFound, "The folder \(folder) for the screenshot does not exist. Make it first.")
    case EEXIST: return exists
    case EFBIG:
      return WireError(
        .outOfDiskSpace,
        "The screenshot \(path) is more than the file system of \(folder) or a limit of this process allows.")
    default: return SystemError(number, "write the screenshot", path: path)
    }
  }
}
