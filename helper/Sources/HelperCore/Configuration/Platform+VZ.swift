import Foundation
import HelperProtocol
import Virtualization

extension ConfigurationBuilder {
  func platform(
    _ wire: HelperProtocol.Platform?, at field: String
  ) throws -> (VZPlatformConfiguration, HelperProtocol.Platform) {
    switch wire ?? .generic(GenericPlatform()) {
    case .generic(let wire): return try genericPlatform(wire, at: field)
    case .mac(let wire): return try macPlatform(wire, at: field)
    }
  }

  private func genericPlatform(
    _ wire: GenericPlatform, at field: String
  ) throws -> (VZPlatformConfiguration, HelperProtocol.Platform) {
    let platform = VZGenericPlatformConfiguration()
    if let data = wire.machineIdentifier {
      guard let identifier = VZGenericMachineIdentifier(dataRepresentation: data) else {
        throw WireError.invalidParams(
          "\(field).machineIdentifier",
          "is not the data of a machine identifier. Use the one that machine.create returned, or none to get a new one."
        )
      }
      platform.machineIdentifier = identifier
    }
    let identifier = platform.machineIdentifier.dataRepresentation
    return (platform, .generic(GenericPlatform(machineIdentifier: identifier)))
  }
}
