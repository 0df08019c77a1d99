import Foundation
import HelperProtocol
import HostSystem
import Platform

/// The folder in which Tart or Lume keeps a machine. Nothing in it is ever changed.
final class ForeignFolder {
  let machine: ForeignMachine
  /// What is not taken over, in sentences.
  let notes: [String]
  private let path: String
  private let lock: ForeignLock

  /// No such file is near that large.
  private static let largestConfiguration = 1 << 20
  private static let savedState = "state.vzvmsave"
  private static let installing = ".provisioning"
  private static let overlay = "overlay.asif"

  /// Without links: what is locked and copied is the file itself.
  let disk: String
  let auxiliaryStorage: String

  /// Looks at everything that is to be copied, and keeps the machine from being started.
  ///
  /// - Throws: `WireError` or `SystemError`.
  init(_ path: String) throws {
    self.path = path
    try Self.requireFolder(path)
    let configuration = "\(path)/\(ForeignMachine.File.configuration)"
    try Self.requireFile(configuration, of: path, takesLinks: false)
    let bytes = try Self.read(configuration)
    machine = try ForeignMachine(bytes, path: configuration)
    lock = try ForeignLock(configuration, of: path)
    disk = try Self.requireFile("\(path)/\(ForeignMachine.File.disk)", of: path)
    auxiliaryStorage = try Self.requireFile("\(path)/\(ForeignMachine.File.auxiliaryStorage)", of: path)
    notes = machine.notes + (try Self.lookAtTheRest(of: path))
  }

  private static func lookAtTheRest(of path: String) throws -> [String] {
    if FileAllocation.exists("\(path)/\(installing)") {
      throw WireError(
        .bundleIncomplete,
        "The machine \(path) is still being set up, or that was interrupted. Let Lume finish it first.")
    }
    if FileAllocation.exists("\(path)/\(overlay)") {
      throw WireError(
        .notSupported,
        "The disk of \(path) lies in layers, the last of which is \(overlay). vzkit has single disk images only. Let Tart "
          + "export the machine and import that.")
    }
    guard FileAllocation.exists("\(path)/\(savedState)") else { return [] }
    return [
      "The saved state \(savedState) was left out: it fits only the program that saved it. The guest starts as after a "
        + "power cut."
    ]
  }

  private static func read(_ path: String) throws -> [UInt8] {
    do {
      return try SmallFile.read(path, limit: largestConfiguration)
    } catch let error as SystemError where error.number == EFBIG {
      throw WireError(
        .invalidConfiguration,
        "\(path) has more than \(largestConfiguration) bytes, so that it is no machine's configuration. Check the path."
      )
    }
  }

  private static func requireFolder(_ path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw WireError(
        .fileNotFound,
        "There is no folder \(path). Name the machine's own, such as ~/.tart/vms/NAME or ~/.lume/NAME.",
        path: "params.from"
      )
    }
  }

  /// - Parameter takesLinks: whether a link stands for the file that it leads to, as in a bundle.
  /// - Returns: the file's path without links.
  @discardableResult
  private static func requireFile(_ file: String, of folder: String, takesLinks: Bool = true) throws -> String {
    let name = (file as NSString).lastPathComponent
    if takesLinks { try BundleLink.requireTarget(of: file, as: "file") }
    var status = stat()
    guard takesLinks ? stat(file, &status) == 0 : lstat(file, &status) == 0 else {
      guard errno == ENOENT else { throw SystemError(errno, "open", path: file) }
      throw WireError(
        .fileNotFound,
        "\(folder) is not the folder of a machine of Tart or Lume: it has no \(name). Check the path.",
        path: "params.from")
    }
    // A pipe, for one, has no end.
    guard status.st_mode & S_IFMT == S_IFREG, let real = Folder.realPath(of: file) else {
      throw WireError(
        .notSupported,
        "\(file) is not an ordinary file. Put the file itself in its place, so that the machine can be imported.")
    }
    return real
  }
}
