import Foundation
import HelperProtocol
import Platform

/// Looks at a file that a configuration names before the framework does, since its own words for a missing file are vague.
struct HostFileCheck {
  /// What the file is to the machine: "kernel", "disk image".
  let role: String
  let path: String
  /// The field that names the file.
  let field: String

  func requireReadable() throws { try require(R_OK, "read") }

  func requireReadableAndWritable() throws { try require(R_OK | W_OK, "read and write") }

  func requireReadableFolder() throws {
    try require(F_OK, "find")
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
      throw WireError(.invalidConfiguration, "The \(role) \(path) in \(field) is a file, not a folder.", path: field)
    }
    try require(R_OK | X_OK, "read")
  }

  /// The file may be missing, but then it must be possible to make it.
  func requireCreatable() throws {
    if Foundation.access(path, F_OK) == 0 { return try require(W_OK, "write") }
    let folder = (path as NSString).deletingLastPathComponent
    try HostFileCheck(role: "folder of the \(role)", path: folder, field: field).require(W_OK | X_OK, "write into")
  }

  func requireFolder() throws {
    var status = stat()
    // An empty mode: only that it is there is asked.
    try require(F_OK, "see")
    guard stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else { return }
    throw WireError(.fileNotFound, "The \(role) \(path) is not a folder. Check the path in \(field).", path: field)
  }

  private func require(_ mode: Int32, _ attempt: String) throws {
    guard Foundation.access(path, mode) != 0 else { return }
    let error = SystemError(errno, "\(attempt) the \(role)", path: path)
    let kind = ErrorKind(errno: error.number)
    let message =
      kind == .fileNotFound
      ? "The \(role) \(path) does not exist. Check the path in \(field)."
      : "The helper cannot \(attempt) the \(role) \(path) in \(field): \(error.reason). \(kind.hint)"
    throw WireError(kind, message, path: field, apple: WireError(error).apple)
  }
}
