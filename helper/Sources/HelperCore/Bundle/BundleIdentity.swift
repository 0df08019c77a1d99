import HelperProtocol
import Platform
import Virtualization

extension MachineConfiguration {
  /// The same machine as another one: guests and networks must be able to tell a clone from its original.
  ///
  /// - Throws: `AppleSilicon.Missing` for a virtual Mac where there are none.
  func withNewIdentity() throws -> MachineConfiguration {
    var new = self
    new.platform = try platform?.withNewIdentity()
    new.networkDevices = networkDevices?.map { $0.withNewIdentity() }
    return new
  }
}

extension HelperProtocol.Platform {
  fileprivate func withNewIdentity() throws -> HelperProtocol.Platform {
    switch self {
    case .generic(var platform):
      platform.machineIdentifier = VZGenericMachineIdentifier().dataRepresentation
      return .generic(platform)
    case .mac(var platform):
      platform.machineIdentifier = try MacHardware.Identifier().data
      return .mac(platform)
    }
  }
}

extension NetworkDevice {
  fileprivate func withNewIdentity() -> NetworkDevice {
    switch self {
    case .virtio(var device):
      device.macAddress = VZMACAddress.randomLocallyAdministered().string
      return .virtio(device)
    }
  }
}
