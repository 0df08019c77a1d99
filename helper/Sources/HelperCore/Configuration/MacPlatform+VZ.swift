import Foundation
import HelperProtocol
import Virtualization

extension ConfigurationBuilder {
  func macPlatform(
    _ wire: MacPlatform, at field: String
  ) throws -> (VZPlatformConfiguration, HelperProtocol.Platform) {
    let platform = VZMacPlatformConfiguration()
    platform.hardwareModel = try MacData.hardwareModel(wire.hardwareModel, at: "\(field).hardwareModel")
    if let data = wire.machineIdentifier {
      guard let identifier = VZMacMachineIdentifier(dataRepresentation: data) else {
        throw WireError.invalidParams(
          "\(field).machineIdentifier",
          "is not the data of a Mac's machine identifier. Use the one that machine.create returned, or none to get a new "
            + "one.")
      }
      platform.machineIdentifier = identifier
    }
    let path = wire.auxiliaryStoragePath
    try input("auxiliary storage", path.string, at: "\(field).auxiliaryStoragePath").requireReadableAndWritable()
    platform.auxiliaryStorage = VZMacAuxiliaryStorage(url: path.url)
    // Two machines that write to one would destroy each other's start.
    disks.append(DiskUse(path: path.string, isReadOnly: false))
    var resolved = wire
    resolved.machineIdentifier = platform.machineIdentifier.dataRepresentation
    return (platform, .mac(resolved))
  }
}

/// Data representations as clients send them.
enum MacData {
  static func hardwareModel(_ data: Data, at field: String) throws -> VZMacHardwareModel {
    guard let model = VZMacHardwareModel(dataRepresentation: data) else {
      throw WireError.invalidParams(
        field, "is not the data of a hardware model. Use the one of a restore image's requirements.")
    }
    return model
  }
}
