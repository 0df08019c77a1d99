import HelperProtocol
import Virtualization

/// Devices that have nothing to configure.
extension ConfigurationBuilder {
  func entropyDevice(_ wire: EntropyDevice) -> VZEntropyDeviceConfiguration {
    switch wire {
    case .virtio: return VZVirtioEntropyDeviceConfiguration()
    }
  }

  func memoryBalloonDevice(_ wire: MemoryBalloonDevice) -> VZMemoryBalloonDeviceConfiguration {
    switch wire {
    case .virtioTraditional: return VZVirtioTraditionalMemoryBalloonDeviceConfiguration()
    }
  }

  func socketDevice(_ wire: SocketDevice) -> VZSocketDeviceConfiguration {
    switch wire {
    case .virtio: return VZVirtioSocketDeviceConfiguration()
    }
  }
}
