import Foundation
import HelperProtocol
import HostSystem
import Platform

/// A bundle as it is found, without opening it.
struct BundleReport {
  var summary: BundleSummary
  var configuration: MachineConfiguration?

  /// What cannot be read is described, too.
  ///
  /// - Throws: `fileNotFound` when there is neither the bundle nor a trace of one.
  init(_ bundle: BundlePath) throws {
    summary = BundleSummary(
      path: PathString(bundle.path), name: bundle.name, linkTarget: BundleLink.target(of: bundle.path), state: .complete
    )
    do {
      guard try Self.isThere(bundle) else {
        try describeTraces(of: bundle)
        return
      }
    } catch let error as SystemError {
      (summary.state, summary.reason) = (.incomplete, WireError(error).message)
      return
    }
    do {
      try BundleLink.requireTarget(of: bundle.path, as: "bundle")
      let document = try BundleDocument(readingFrom: bundle.path)
      configuration = document.configuration
      (summary.version, summary.installation) = (Int32(document.version), document.installation)
      (summary.system, summary.standInNotice) = (document.system, document.standInNotice)
      describeMissingFiles(document.configuration)
      try Self.requireParts(bundle, document)
    } catch let error as WireError where error.kind == .bundleTooNew {
      (summary.state, summary.reason) = (.newer, error.message)
    } catch {
      (summary.state, summary.reason) = (.incomplete, WireError(error).message)
    }
    guard [.complete, .missingFiles].contains(summary.state), let holder = BundleLock.holder(of: bundle.path) else {
      return
    }
    (summary.state, summary.reason) = (.inUse, "It is in use by \(holder).")
  }

  /// What a bundle must say before anything is done with it. The caller holds its lock.
  static func requireComplete(_ bundle: BundlePath) throws -> BundleDocument {
    let document = try BundleDocument(readingFrom: bundle.path)
    try requireParts(bundle, document)
    return document
  }

  /// Turns the missing bundle's `fileNotFound` into what is known about it.
  static func explainMissing(_ bundle: BundlePath) throws {
    guard try !isThere(bundle) else { return try BundleLink.requireTarget(of: bundle.path, as: "bundle") }
    let report = try BundleReport(bundle)
    throw WireError(.bundleIncomplete, "There is no whole bundle \(bundle.path). \(report.summary.reason ?? "")")
  }

  private static func requireParts(_ bundle: BundlePath, _ document: BundleDocument) throws {
    let own = document.configuration.parts(in: bundle.path)
    for part in own {
      let name = part.dropFirst(bundle.path.count + 1)
      try requireTarget(of: part, name, in: bundle)
      var status = stat()
      guard stat(part, &status) == 0 else {
        guard errno == ENOENT else { throw SystemError(errno, "open", path: part) }
        throw lacking(
          bundle,
          "has lost \(name). Put it back, take it out of the configuration with bundle.update, or delete the bundle.")
      }
      guard status.st_mode & S_IFMT != S_IFREG || status.st_size > 0 else {
        throw lacking(bundle, "has an empty \(name). Put the whole file back or delete the bundle.")
      }
    }
  }

  private static func requireTarget(of part: String, _ name: Substring, in bundle: BundlePath) throws {
    do {
      try BundleLink.requireTarget(of: part, as: "file")
    } catch let error as WireError {
      throw lacking(bundle, "cannot use its \(name). \(error.message)")
    }
  }

  private static func lacking(_ bundle: BundlePath, _ problem: String) -> WireError {
    WireError(.bundleIncomplete, "The bundle \(bundle.path) \(problem)")
  }

  /// Whether there is anything of the name.
  ///
  /// - Throws: `SystemError` when nobody can tell.
  private static func isThere(_ bundle: BundlePath) throws -> Bool {
    var status = stat()
    if lstat(bundle.path, &status) == 0 { return true }
    guard [ENOENT, ENOTDIR].contains(errno) else { throw SystemError(errno, "open the bundle", path: bundle.path) }
    return false
  }

  private mutating func describeMissingFiles(_ configuration: MachineConfiguration) {
    let missing = configuration.missingFiles
    guard !missing.isEmpty else { return }
    let list = missing.map { "\($0.path.string) in \($0.field) (\($0.reason))" }.joined(separator: ", ")
    summary.missing = missing
    (summary.state, summary.reason) = (
      .missingFiles, "It uses what cannot be found: \(list). Put it back, or name another with bundle.update."
    )
  }

  private mutating func describeTraces(of bundle: BundlePath) throws {
    if FileAllocation.exists(bundle.creating) {
      if let maker = BundleLock.holder(of: bundle.creating) {
        (summary.state, summary.reason) = (.inUse, "It is being made by \(maker).")
      } else {
        (summary.state, summary.reason) = (
          .incomplete, "Its making was interrupted. Make it again or delete what is left with bundle.delete."
        )
      }
    } else if FileAllocation.exists(bundle.deleting) {
      (summary.state, summary.reason) = (.incomplete, "Its deletion was interrupted. Finish it with bundle.delete.")
    } else {
      throw WireError(.fileNotFound, "There is no bundle \(bundle.path). Check the path.")
    }
  }
}

extension BundlePath {
  /// The bundles in a folder by name, those included of which only traces are left.
  static func all(in folder: String) throws -> [BundlePath] {
    let names = Set(try Folder.names(in: folder).map(bundleName))
    let base = "/" + folder.split(separator: "/").joined(separator: "/")
    return names.sorted().compactMap { try? BundlePath(folder: base, fileName: $0, param: "folder") }
  }

  /// ".dev.vzkit.creating" is a trace of "dev.vzkit".
  private static func bundleName(of name: String) -> String {
    for ending in [".creating", ".deleting"] where name.hasPrefix(".") && name.hasSuffix(suffix + ending) {
      return String(name.dropFirst().dropLast(ending.count))
    }
    return name
  }
}
