import Foundation
import HelperProtocol
import HostSystem
import Platform

/// Where a new bundle may be: not in another bundle, which would be copied and deleted together with it, nor in what it is
/// copied from.
enum BundlePlace {
  /// - Parameter source: the folder that the bundle is copied from; the field in the error is then `params.to`.
  /// - Throws: `WireError` of kind `invalidParams`.
  static func check(_ target: BundlePath, source: String?) throws {
    // Without links, so that each parent is the folder that it really lies in.
    guard var folder = Folder.realPath(of: target.folder) else { return }
    let field = source == nil ? "params.path" : "params.to"
    let origin = source.flatMap { FileIdentity($0) }
    while folder != "/" {
      if let origin, FileIdentity(folder) == origin {
        throw WireError.invalidParams(
          field, "lies in \(folder), which it is copied from. Choose a place outside of it.")
      }
      if isBundle(folder) {
        throw WireError.invalidParams(
          field, "lies in the bundle \(folder) and would be deleted together with it. Choose a place outside of it.")
      }
      folder = (folder as NSString).deletingLastPathComponent
    }
  }

  /// A link may have given it any name.
  private static func isBundle(_ folder: String) -> Bool {
    let name = (folder as NSString).lastPathComponent
    let isUnfinished = [".creating", ".deleting"].contains {
      name.hasPrefix(".") && name.hasSuffix(BundlePath.suffix + $0)
    }
    if isUnfinished { return true }
    guard FileAllocation.exists("\(folder)/\(BundleFile.document)") else { return false }
    if name.hasSuffix(BundlePath.suffix) { return true }
    do {
      _ = try BundleDocument(readingFrom: folder)
      return true
    } catch {
      return (error as? WireError)?.kind == .bundleTooNew
    }
  }
}
