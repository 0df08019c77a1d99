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

  /// The same machine as `old`: what it leaves open of its identity is that of `old`.
  func keepingIdentity(of old: MachineConfiguration) -> MachineConfiguration {
    var new = self
    new.platform = HelperProtocol.Platform.keepingIdentity(platform, of: old.platform)
    let devices = old.networkDevices ?? []
    new.networkDevices = networkDevices?.enumerated().map { index, device in
      devices.indices.contains(index) ? device.keepingIdentity(of: devices[index]) : device
    }
    return new
  }
}

extension HelperProtocol.Platform {
  fileprivate static func keepingIdentity(_ new: Self?, of old: Self?) -> Self? {
    switch (new, old) {
    case (nil, .generic): return old
    case (.generic(var new), .generic(let old)):
      new.machineIdentifier = new.machineIdentifier ?? old.machineIdentifier
      return .generic(new)
    case (.mac(var new), .mac(let old)):
      new.machineIdentifier = new.machineIdentifier ?? old.machineIdentifier
      return .mac(new)
    default: return new
    }
  }

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
  fileprivate func keepingIdentity(of old: Self) -> Self {
    switch (self, old) {
    case (.virtio(var new), .virtio(let old)):
      new.macAddress = new.macAddress ?? old.macAddress
      return .virtio(new)
    }
  }

  fileprivate func withNewIdentity() -> NetworkDevice {
    switch self {
    case .virtio(var device):
      device.macAddress = VZMACAddress.randomLocallyAdministered().string
      return .virtio(device)
    }
  }
}
