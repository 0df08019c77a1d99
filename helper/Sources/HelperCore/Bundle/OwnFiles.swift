import HelperProtocol

extension MachineConfiguration {
  /// The RAW images that the machine uses.
  var diskImages: [String] {
    (storageDevices ?? []).compactMap { device in
      if case .virtioBlock(let block) = device, case .diskImage(let image) = block.attachment {
        return image.path.string
      }
      return nil
    }
  }

  func uses(disk path: String) -> Bool { diskImages.contains(path) }

  /// The files without which the machine cannot be, as far as they are in `folder`.
  func parts(in folder: String) -> [String] {
    var all = diskImages
    if case .mac(let mac) = platform { all.append(mac.auxiliaryStoragePath.string) }
    return all.filter { $0.hasPrefix(folder + "/") }
  }
}
