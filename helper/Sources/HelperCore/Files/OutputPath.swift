import Foundation
import HelperProtocol
import HostSystem
import Platform

/// A path of a caller's at which the helper is about to write.
struct OutputPath: Equatable {
  /// What is written there: "screenshot", "console log".
  let role: String
  let path: String
  /// The field that names the path, if it is one of a configuration.
  var field: String?

  /// Refuses a file that a machine uses as a disk, here or in another helper.
  ///
  /// - Throws: `WireError` of kind `inUse` that names the machine.
  func requireUnused() throws { try whileUnused {} }

  /// Keeps machines from taking the file into use while `body` writes to it or puts another in its place.
  ///
  /// - Throws: what `body` throws, or `WireError` of kind `inUse`, before `body` is called.
  func whileUnused<Result>(_ body: () throws -> Result) throws -> Result {
    let lock = try FileIdentity(path) == nil ? nil : lockFile()
    defer { lock?.release() }
    return try body()
  }

  /// Refuses a path that can only be one of a folder.
  func requireFileName() throws {
    guard path.hasSuffix("/") else { return }
    throw WireError(
      .invalidParams,
      "The path \(path) of the \(role)\(place) ends with a slash, as only a folder's may. Leave the slash out, or name a "
        + "file in that folder.", path: field)
  }

  /// Opens the file to append to it, and makes it if it is missing.
  func open() throws -> OutputFile {
    try whileUnused {
      do {
        return try OutputFile(path, keepsContent: true, permissions: 0o600)
      } catch let problem as OutputFile.Problem {
        throw explain(problem)
      }
    }
  }

  /// Whether the path leads to something other than a regular file, whose reader may be slow or absent.
  var leadsToStream: Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
  }

  private func lockFile() throws -> DiskLock {
    do {
      return try DiskLock(image: path, isReadOnly: false, owner: .output(role))
    } catch var error as WireError where error.kind == .inUse {
      error.message = "The \(role) cannot be written: \(error.message)"
      error.path = field
      throw error
    }
  }

  private func explain(_ problem: OutputFile.Problem) -> WireError {
    switch problem {
    case .system(let number):
      var error = WireError(SystemError(number, "open the \(role)", path: path))
      error.path = field
      return error
    case .isFolder:
      return WireError(
        .invalidConfiguration, "The \(role) \(path)\(place) is a folder. Name a file in it.", path: field)
    case .isNoStream:
      return WireError(
        .invalidConfiguration, "The \(role) \(path)\(place) is a device or a socket. Name a file.", path: field)
    case .hasNoReader:
      return WireError(
        .invalidConfiguration,
        "Nobody reads the FIFO \(path)\(place). Let a program open it for reading first, or name a file.", path: field)
    case .isInUse:
      return WireError(
        .inUse, "The \(role) \(path)\(place) is a disk that a machine writes to. Name another file.", path: field)
    }
  }

  private var place: String { field.map { " in \($0)" } ?? "" }
}
