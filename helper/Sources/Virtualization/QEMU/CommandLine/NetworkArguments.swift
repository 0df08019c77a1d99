import CVirtualization
import Foundation
import HostSystem

extension QEMUCommandLine {
  static func networkDeviceName(_ index: Int) -> String { "net\(index)" }

  func addNetwork(_ devices: [VZNetworkDeviceConfiguration]) throws {
    for (index, configuration) in devices.enumerated() {
      let backend = "network\(index)"
      var options = ""
      switch configuration.attachment {
      case let nat as VZNATNetworkDeviceAttachment:
        add("-netdev", "user,id=\(backend)" + nat.portForwards.map(Self.forward).joined())
      case let handle as VZFileHandleNetworkDeviceAttachment:
        let descriptor = try Descriptors.duplicate(handle.fileHandle.fileDescriptor)
        add("-netdev", "dgram,id=\(backend),local.type=fd,local.str=\(inherit(descriptor))")
        if handle.maximumTransmissionUnit != 1500 { options = ",host_mtu=\(handle.maximumTransmissionUnit)" }
      default:
        throw VZError(
          .notSupported, reason: "networkDevices[\(index)]: a Linux host cannot run this kind of attachment.")
      }
      // Without an option ROM: the kernel is given directly, and the ROM costs start time.
      device(
        "virtio-net-pci,id=\(Self.networkDeviceName(index)),netdev=\(backend),romfile=,"
          + "mac=\(configuration.macAddress.string)\(options)")
    }
  }

  private static func forward(_ forward: VZNATNetworkDeviceAttachment.PortForward) -> String {
    ",hostfwd=\(forward.transport.rawValue):\(forward.hostAddress):\(forward.hostPort)"
      + "-\(VZNATNetworkDeviceAttachment.guestAddress):\(forward.guestPort)"
  }
}
