import HelperProtocol
import Virtualization

extension MachineConfiguration {
  /// The same machine as another one: guests and networks must be able to tell a clone from its original.
  func withNewIdentity() -> MachineConfiguration {
    var new = self
    new.platform = platform?.withNewIdentity()
    new.networkDevices = networkDevices?.map { $0.withNewIdentity() }
    return new
  }
}

extension HelperProtocol.Platform {
  fileprivate func withNewIdentity() -> HelperProtocol.Platform {
    switch self {
    case .generic(var platform):
      platform.machineIdentifier = VZGenericMachineIdentifier().dataRepresentation
      return .generic(platform)
    case .mac(var platform):
      platform.machineIdentifier = VZMacMachineIdentifier().dataRepresentation
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
