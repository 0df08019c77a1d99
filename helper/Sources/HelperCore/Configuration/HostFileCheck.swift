import Foundation
import HelperProtocol
import HostSystem
import Platform

/// Looks at a file that a configuration names before the framework does, since its own words for a missing file are vague.
struct HostFileCheck {
  /// What the file is to the machine: "kernel", "disk image".
  let role: String
  let path: String
  /// The field that names the file.
  let field: String
  /// The kind of the error about something that is no file at all.
  var mismatchKind = ErrorKind.invalidConfiguration

  func requireReadable() throws {
    try require(R_OK, "read")
    try requireContent()
  }

  func requireReadableAndWritable() throws {
    try require(R_OK | W_OK, "read and write")
    try requireContent()
  }

  /// Refuses what the framework would wait for when it opens it.
  private func requireContent() throws {
    var status = stat()
    guard stat(path, &status) == 0, [S_IFIFO, S_IFSOCK].contains(status.st_mode & S_IFMT) else { return }
    throw WireError(
      mismatchKind, "The \(role) \(path) in \(field) is a FIFO or a socket. Name a regular file.", path: field)
  }

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
    var status = stat()
    if stat(path, &status) == 0 {
      if let problem = Self.problem(writing: status.st_mode) {
        throw WireError(.invalidConfiguration, "The \(role) \(path) in \(field) is \(problem)", path: field)
      }
      return try require(W_OK, "write")
    }
    guard errno == ENOENT else { return try require(F_OK, "write") }
    try OutputPath(role: role, path: path, field: field).requireFileName()
    let folder = (path as NSString).deletingLastPathComponent
    try HostFileCheck(role: "folder of the \(role)", path: folder, field: field).require(W_OK | X_OK, "write into")
  }

  private static func problem(writing mode: mode_t) -> String? {
    switch mode & S_IFMT {
    case S_IFDIR: return "a folder. Name a file in it."
    case S_IFBLK: return "a block device. Name a file."
    case S_IFSOCK: return "a socket. Name a file."
    default: return nil
    }
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
      error.number == ENOENT
      ? "The \(role) \(path) does not exist. Check the path in \(field)."
      : "The helper cannot \(attempt) the \(role) \(path) in \(field): \(error.reason). \(error.advice)"
    var wire = WireError(kind, message, path: field, apple: WireError(error).apple)
    wire.hint = error.advice
    throw wire
  }
}
