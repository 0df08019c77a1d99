import Foundation

extension QEMUCommandLine {
  func addStorage(_ devices: [VZStorageDeviceConfiguration]) throws {
    for (index, configuration) in devices.enumerated() {
      guard let image = configuration.attachment as? VZDiskImageStorageDeviceAttachment else {
        throw VZError(
          .notSupported, reason: "storageDevices[\(index)]: a Linux host cannot run this kind of attachment.")
      }
      let node = try addDiskImage(image, index: index)
      guard let disk = configuration as? VZVirtioBlockDeviceConfiguration else {
        throw VZError(.notSupported, reason: "storageDevices[\(index)]: a Linux host cannot run this kind of device.")
      }
      let serial = Self.escape(disk.blockDeviceIdentifier)
      device("virtio-blk-pci,id=disk\(index),drive=\(node)" + (serial.isEmpty ? "" : ",serial=\(serial)"))
    }
  }

  private func addDiskImage(_ image: VZDiskImageStorageDeviceAttachment, index: Int) throws -> String {
    let file = try DiskFile.open(image.url.path, readOnly: image.isReadOnly, direct: image.cachingMode == .uncached)
    let options =
      "read-only=\(image.isReadOnly ? "on" : "off"),cache.direct=\(image.cachingMode == .uncached ? "on" : "off")"
      + ",cache.no-flush=\(image.synchronizationMode == .none ? "on" : "off")"
    let path = inheritFile(file)
    add("-blockdev", "driver=file,node-name=file\(index),filename=\(path),discard=unmap,\(options)")
    add("-blockdev", "driver=raw,node-name=image\(index),file=file\(index),discard=unmap,\(options)")
    return "image\(index)"
  }
}
