import Foundation
import HelperProtocol
import Platform

extension BundleStage {
  /// A configuration with the bundle's final paths as the framework accepts it, with everything filled in that must stay
  /// the same from now on.
  ///
  /// - Throws: `WireError` or what the framework throws.
  func resolved(_ wanted: MachineConfiguration) throws -> MachineConfiguration {
    let staged = try wanted.moved(from: target.path, to: path)
    return try ConfigurationBuilder(for: .validation).build(staged).resolved.moved(from: path, to: target.path)
  }

  /// Writes what the bundle is, for machines and, where it is no macOS that it holds, for people.
  func write(_ document: BundleDocument) throws {
    try document.write(into: path, base: target.path)
    guard let notice = document.standInNotice else { return }
    try SmallFile.replace("\(path)/\(BundleFile.standInNotice)", with: Array("\(notice)\n".utf8))
  }

  /// The caller knows nothing of the stage.
  func inTermsOfTarget(_ error: any Error) -> WireError {
    var error = WireError(error)
    error.message = error.message.replacingOccurrences(of: path, with: target.path)
    return error
  }
}

extension MachineConfiguration {
  /// What to tell people of a bundle with this configuration, when it is made here; nil when all is as it seems.
  var standInNotice: String? {
    guard case .mac = platform else { return nil }
    return MacHost.standInNotice
  }
}
