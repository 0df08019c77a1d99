import Foundation
import HelperProtocol

/// Where a bundle is, or is to be: a folder whose name ends in `.vzkit`.
struct BundlePath: Hashable {
  static let suffix = ".vzkit"
  /// File systems take 255 bytes; the rest is for the names that a bundle has while it comes and goes.
  static let longestFileName = 240

  /// The folder that the bundle is in.
  let folder: String
  /// The name with `.vzkit`.
  let fileName: String

  var path: String { folder == "/" ? "/\(fileName)" : "\(folder)/\(fileName)" }
  var name: String { String(fileName.dropLast(Self.suffix.count)) }

  /// What the bundle is called until it is whole.
  var creating: String { hidden(".creating") }
  /// What the bundle is called while it is being deleted.
  var deleting: String { hidden(".deleting") }

  private func hidden(_ ending: String) -> String { (folder == "/" ? "" : folder) + "/." + fileName + ending }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// - Parameter param: names the param in messages.
  /// - Throws: `invalidParams` when the path cannot be that of a bundle.
  init(_ path: PathString, param: String) throws {
    let parts = path.string.split(separator: "/")
    let last = parts.last.map(String.init) ?? ""
    try self.init(folder: "/" + parts.dropLast().joined(separator: "/"), fileName: last, param: param)
  }

  init(folder: String, fileName: String, param: String) throws {
    guard fileName.hasSuffix(Self.suffix) else {
      throw WireError.invalidParams(
        "params.\(param)",
        "must end in a bundle's name, such as dev\(Self.suffix); \"\(fileName.prefix(64))\" does not end in \(Self.suffix)"
      )
    }
    guard fileName.utf8.count <= Self.longestFileName else {
      throw WireError.invalidParams(
        "params.\(param)",
        "has a name of \(fileName.utf8.count) bytes; a bundle's name has at most \(Self.longestFileName), "
          + "\(Self.suffix) included")
    }
    // Names with a dot in front are those of bundles that are not whole.
    guard fileName.count > Self.suffix.count, !fileName.hasPrefix(".") else {
      throw WireError.invalidParams(
        "params.\(param)", "must have a name before \(Self.suffix) that does not begin with a dot")
    }
    (self.folder, self.fileName) = (folder, fileName)
  }

  /// A sibling, by a name that a person typed.
  func renamed(to name: String) throws -> BundlePath {
    guard !name.isEmpty, !name.utf8.contains(0), !name.contains("/") else {
      throw WireError.invalidParams(
        "params.name", "must be a name with neither a slash nor NUL, not \"\(name.prefix(64))\"")
    }
    return try BundlePath(
      folder: folder, fileName: name.hasSuffix(Self.suffix) ? name : name + Self.suffix, param: "name")
  }
}

/// The files of a bundle.
enum BundleFile {
  static let document = "machine.json"
  static let disk = "disk.img"
  static let auxiliaryStorage = "auxiliary-storage"
  static let efiVariables = "efi-variables"
  static let savedState = "saved-state"
  /// Tells people who look into the folder that there is no macOS on the disk.
  static let standInNotice = "STAND-IN.txt"

  static let all: Set<String> = [document, disk, auxiliaryStorage, efiVariables, savedState, standInNotice]
}
