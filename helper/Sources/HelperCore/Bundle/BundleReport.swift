import Foundation
import HelperProtocol
import Platform

/// A bundle as it is found, without opening it.
struct BundleReport {
  var summary: BundleSummary
  var configuration: MachineConfiguration?

  /// - Throws: `fileNotFound` when there is neither the bundle nor a trace of one.
  init(_ bundle: BundlePath) throws {
    summary = BundleSummary(path: PathString(bundle.path), name: bundle.name, state: .complete)
    guard FileAllocation.exists(bundle.path) else {
      try describeTraces(of: bundle)
      return
    }
    do {
      let document = try BundleDocument(readingFrom: bundle.path)
      configuration = document.configuration
      (summary.version, summary.installation) = (Int32(document.version), document.installation)
      (summary.system, summary.standInNotice) = (document.system, document.standInNotice)
      try Self.requireParts(bundle, document)
    } catch let error as WireError where error.kind == .bundleTooNew {
      (summary.state, summary.reason) = (.newer, error.message)
    } catch let error as WireError where error.kind == .bundleIncomplete {
      (summary.state, summary.reason) = (.incomplete, error.message)
    }
    guard summary.state == .complete, let holder = BundleLock.holder(of: bundle.path) else { return }
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
    guard !FileAllocation.exists(bundle.path) else { return }
    let report = try BundleReport(bundle)
    throw WireError(.bundleIncomplete, "There is no whole bundle \(bundle.path). \(report.summary.reason ?? "")")
  }

  private static func requireParts(_ bundle: BundlePath, _ document: BundleDocument) throws {
    let own = document.configuration.parts(in: bundle.path)
    guard let missing = own.first(where: { !FileAllocation.exists($0) }) else { return }
    throw WireError(
      .bundleIncomplete,
      "The bundle \(bundle.path) has lost \(missing.dropFirst(bundle.path.count + 1)). Put it back or delete the bundle."
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
    guard let entries = opendir(folder) else { throw SystemError(errno, "list the folder", path: folder) }
    defer { closedir(entries) }
    var names: Set<String> = []
    while let entry = readdir(entries) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      names.insert(bundleName(of: name))
    }
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
