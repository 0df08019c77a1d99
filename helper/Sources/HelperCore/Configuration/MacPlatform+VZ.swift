import Foundation
import HelperProtocol
import Platform
import Virtualization

extension ConfigurationBuilder {
  func macPlatform(
    _ wire: MacPlatform, at field: String
  ) throws -> (VZPlatformConfiguration, HelperProtocol.Platform) {
    let model = try MacData.hardwareModel(wire.hardwareModel, at: "\(field).hardwareModel")
    let identifier = try MacData.machineIdentifier(wire.machineIdentifier, at: "\(field).machineIdentifier")
    let path = wire.auxiliaryStoragePath
    try input("auxiliary storage", path.string, for: .write, at: "\(field).auxiliaryStoragePath")
      .requireReadableAndWritable()
    // Two machines that write to one would destroy each other's start.
    disks.append(DiskUse(path: path.string, isReadOnly: false))
    var resolved = wire
    resolved.machineIdentifier = identifier.data
    let platform = try MacHardware.platform(model: model, identifier: identifier, auxiliaryStorage: path.url)
    return (platform, .mac(resolved))
  }
}

/// Data representations as clients send them.
enum MacData {
  static func hardwareModel(_ data: Data, at field: String) throws -> MacHardware.Model {
    guard let model = try onAppleSilicon(field, { try MacHardware.Model(data) }) else {
      throw WireError.invalidParams(
        field, "is not the data of a hardware model. Use the one of a restore image's requirements.")
    }
    return model
  }

  /// - Parameter data: nil for a new one.
  static func machineIdentifier(_ data: Data?, at field: String) throws -> MacHardware.Identifier {
    guard let data else { return try onAppleSilicon(field) { try MacHardware.Identifier() } }
    guard let identifier = try onAppleSilicon(field, { try MacHardware.Identifier(data) }) else {
      throw WireError.invalidParams(
        field,
        "is not the data of a Mac's machine identifier. Use the one that machine.create returned, or none to get a new "
          + "one.")
    }
    return identifier
  }
}
