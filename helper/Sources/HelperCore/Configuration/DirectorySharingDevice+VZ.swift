import Foundation
import HelperProtocol
import Virtualization

extension ConfigurationBuilder {
  func directorySharingDevice(
    _ wire: DirectorySharingDevice, _ index: Int, at field: String
  ) throws -> (VZDirectorySharingDeviceConfiguration, DirectorySharingDevice) {
    switch wire {
    case .virtioFileSystem(let wire):
      try VZVirtioFileSystemDeviceConfiguration.validateTag(wire.tag)
      let device = VZVirtioFileSystemDeviceConfiguration(tag: wire.tag)
      device.share = try directoryShare(wire.share, at: "\(field).share")
      return (device, .virtioFileSystem(wire))
    }
  }

  private func directoryShare(_ wire: DirectoryShare, at field: String) throws -> VZDirectoryShare {
    switch wire {
    case .single(let wire):
      return VZSingleDirectoryShare(directory: try sharedDirectory(wire.directory, at: "\(field).directory"))
    case .multiple(let wire):
      var directories: [String: VZSharedDirectory] = [:]
      for (name, directory) in wire.directories {
        // The framework ends the process over a bad one.
        try VZMultipleDirectoryShare.validateName(name)
        directories[name] = try sharedDirectory(directory, at: "\(field).directories[\"\(name)\"]")
      }
      return VZMultipleDirectoryShare(directories: directories)
    }
  }

  private func sharedDirectory(_ wire: SharedDirectory, at field: String) throws -> VZSharedDirectory {
    try HostFileCheck(role: "shared folder", path: wire.path.string, field: "\(field).path").requireReadable()
    return VZSharedDirectory(url: wire.path.url, readOnly: wire.isReadOnly ?? false)
  }
}
