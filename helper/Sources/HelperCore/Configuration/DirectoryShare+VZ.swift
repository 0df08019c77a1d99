import Foundation
import HelperProtocol
import Virtualization

extension DirectoryShare {
  /// The framework's share of these folders, once they are found to be there.
  ///
  /// - Parameter field: names the share in messages.
  func frameworkShare(at field: String) throws -> VZDirectoryShare {
    switch self {
    case .single(let wire):
      return VZSingleDirectoryShare(directory: try wire.directory.frameworkDirectory(at: "\(field).directory"))
    case .multiple(let wire):
      var directories: [String: VZSharedDirectory] = [:]
      for (name, directory) in wire.directories {
        // The framework ends the process over a bad one.
        try VZMultipleDirectoryShare.validateName(name)
        try Bounds.checkName(name, at: "\(field).directories[\"\(name)\"]")
        directories[name] = try directory.frameworkDirectory(at: "\(field).directories[\"\(name)\"]")
      }
      return VZMultipleDirectoryShare(directories: directories)
    }
  }

  /// What the framework says is shared; nil for a kind that the protocol does not know.
  init?(_ share: VZDirectoryShare?) {
    switch share {
    case let share as VZSingleDirectoryShare:
      self = .single(SingleDirectoryShare(directory: SharedDirectory(share.directory)))
    case let share as VZMultipleDirectoryShare:
      self = .multiple(MultipleDirectoryShare(directories: share.directories.mapValues(SharedDirectory.init)))
    default: return nil
    }
  }
}

extension SharedDirectory {
  fileprivate func frameworkDirectory(at field: String) throws -> VZSharedDirectory {
    try HostFileCheck(role: "shared folder", path: path.string, field: "\(field).path").requireReadableFolder()
    return VZSharedDirectory(url: path.url, readOnly: isReadOnly ?? false)
  }

  fileprivate init(_ directory: VZSharedDirectory) {
    self.init(path: PathString(directory.url), isReadOnly: directory.isReadOnly)
  }
}
