import Foundation

/// Questions about a file that a configuration names, answered in words for the user.
struct HostFile {
  /// What the machine will do with the file.
  enum Access {
    case read, write, readAndWrite, list

    var mode: Int32 {
      switch self {
      case .read: return R_OK
      case .write: return W_OK
      case .readAndWrite: return R_OK | W_OK
      case .list: return R_OK | X_OK
      }
    }

    var refusal: String {
      switch self {
      case .read: return "cannot be read"
      case .write: return "cannot be written"
      case .readAndWrite: return "cannot be read and written"
      case .list: return "cannot be listed"
      }
    }
  }

  /// How the file is called in messages ("kernel", "disk image").
  let role: String
  let url: URL
  /// The code of the errors that the checks throw.
  var code = VZError.Code.invalidVirtualMachineConfiguration

  /// The file's status, after checking that it is a regular file which this process may use as wanted.
  @discardableResult
  func requireRegularFile(for access: Access) throws -> stat {
    let status = try status()
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw problem("is a directory, not a file.")
    case S_IFBLK:
      throw problem(
        "is a block device, not a file.", suggestion: "Attach it with VZDiskBlockDeviceStorageDeviceAttachment.")
    default: throw problem("is not a regular file.")
    }
    try requireAccess(access)
    return status
  }

  /// Checks that the file is a directory which this process can list and enter.
  func requireDirectory() throws {
    guard try status().st_mode & S_IFMT == S_IFDIR else { throw problem("is not a directory.") }
    try requireAccess(.list)
  }

  func requireNoDirectory() throws {
    guard try status().st_mode & S_IFMT != S_IFDIR else { throw problem("is a directory, not a file.") }
  }

  func status() throws -> stat {
    let path = try path()
    var status = stat()
    guard stat(path, &status) == 0 else { throw problem(errno, "cannot be found") }
    return status
  }

  /// The path, once it is clear that the URL names a file and that C functions will see all of it.
  func path() throws -> String {
    guard url.isFileURL else {
      throw ConfigurationProblem("The \(role) \(url.absoluteString) must be a file URL.", code: code)
    }
    let path = url.path
    guard !path.utf8.contains(0) else {
      throw ConfigurationProblem("The path of the \(role) contains a NUL character.", code: code)
    }
    return path
  }

  func requireAccess(_ access: Access) throws {
    guard faccessat(AT_FDCWD, try path(), access.mode, AT_EACCESS) == 0 else {
      throw problem(errno, access.refusal)
    }
  }

  func problem(_ what: String, suggestion: String? = nil) -> ConfigurationProblem {
    ConfigurationProblem("The \(role) \(url.path) \(what)", code: code, suggestion: suggestion)
  }

  /// A problem that a system call reported.
  func problem(_ errorNumber: Int32, _ what: String) -> ConfigurationProblem {
    let underlying = NSError(
      domain: NSPOSIXErrorDomain, code: Int(errorNumber), userInfo: [NSFilePathErrorKey: url.path])
    return ConfigurationProblem(
      "The \(role) \(url.path) \(what): \(String(cString: strerror(errorNumber))).", code: code, underlying: underlying)
  }
}
