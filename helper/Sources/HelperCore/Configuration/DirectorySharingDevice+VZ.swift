import HelperProtocol
import Virtualization

extension ConfigurationBuilder {
  func directorySharingDevice(
    _ wire: DirectorySharingDevice, _ index: Int, at field: String
  ) throws -> (VZDirectorySharingDeviceConfiguration, DirectorySharingDevice) {
    switch wire {
    case .virtioFileSystem(let wire):
      try VZVirtioFileSystemDeviceConfiguration.validateTag(wire.tag)
      try Bounds.checkName(wire.tag, at: "\(field).tag")
      try claims.claim(.shareTag(wire.tag), at: "\(field).tag")
      let device = VZVirtioFileSystemDeviceConfiguration(tag: wire.tag)
      device.share = try wire.share?.frameworkShare(at: "\(field).share")
      return (device, .virtioFileSystem(wire))
    }
  }
}
