import Foundation

extension QEMUCommandLine {
  static let balloonName = "balloon0"

  func addEntropy(_ devices: [VZEntropyDeviceConfiguration]) {
    for index in devices.indices { device("virtio-rng-pci,id=entropy\(index)") }
  }

  func addBalloons(_ devices: [VZMemoryBalloonDeviceConfiguration]) {
    guard !devices.isEmpty else { return }
    // What the guest does not use goes back to the host by itself; a guest out of memory takes some of it back.
    device("virtio-balloon-pci,id=\(Self.balloonName),deflate-on-oom=on,free-page-reporting=on")
  }

  /// - Parameter sockets: QEMU's end of each device's channel; ownership is taken.
  func addSocketDevices(_ sockets: [Int32]) {
    for (index, socket) in sockets.enumerated() {
      add("-chardev", "socket,id=vsockdata\(index),fd=\(inherit(socket))")
      // On a port of its own, since it must be taken out before the machine's state can be saved.
      device("vhost-user-vsock-pci,id=vsock\(index),chardev=vsockdata\(index),bus=\(addRootPort())")
    }
  }

  /// - Parameter shares: tag and QEMU's end of each device's channel; ownership is taken.
  func addSharedFolders(_ shares: [(tag: String, socket: Int32)]) {
    for (index, share) in shares.enumerated() {
      add("-chardev", "socket,id=sharedata\(index),fd=\(inherit(share.socket))")
      device(
        "vhost-user-fs-pci,id=share\(index),chardev=sharedata\(index),tag=\(Self.escape(share.tag)),queue-size=1024")
    }
  }
}
