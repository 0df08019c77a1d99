import Foundation
import HelperProtocol
import HostSystem
import Platform

extension MachineConfiguration {
  /// The files and folders that the machine uses and that cannot be found.
  var missingFiles: [MissingFile] {
    inputs.compactMap { input in
      var status = stat()
      guard stat(input.path.string, &status) != 0 else { return nil }
      let reason = SystemError(errno, "open", path: input.path.string).reason
      let link = Folder.linkTarget(of: input.path.string).map { "a link to \($0): " } ?? ""
      return MissingFile(field: "configuration.\(input.field)", path: input.path, reason: link + reason)
    }
  }

  private typealias Input = (field: String, path: PathString)

  /// What must be there before the machine can be made. A file that its output goes to need not be.
  private var inputs: [Input] {
    var all: [Input] = []
    if case .mac(let mac) = platform { all.append(("platform.auxiliaryStoragePath", mac.auxiliaryStoragePath)) }
    if case .linux(let linux) = bootLoader {
      all.append(("bootLoader.kernelPath", linux.kernelPath))
      if let path = linux.initialRamdiskPath { all.append(("bootLoader.initialRamdiskPath", path)) }
    }
    for (index, device) in (storageDevices ?? []).enumerated() {
      all.append(("storageDevices[\(index)].attachment.path", device.imagePath))
    }
    for (index, device) in (directorySharingDevices ?? []).enumerated() {
      all += device.folders.map { ("directorySharingDevices[\(index)].share.\($0.field)", $0.path) }
    }
    return all
  }
}

extension StorageDevice {
  fileprivate var imagePath: PathString {
    switch self {
    case .virtioBlock(let block):
      switch block.attachment {
      case .diskImage(let image): return image.path
      }
    }
  }
}

extension DirectorySharingDevice {
  fileprivate var folders: [(field: String, path: PathString)] {
    switch self {
    case .virtioFileSystem(let device):
      switch device.share {
      case .single(let share): return [("directory.path", share.directory.path)]
      case .multiple(let share):
        return share.directories.sorted { $0.key < $1.key }.map { ("directories[\"\($0.key)\"].path", $0.value.path) }
      case nil: return []
      }
    }
  }
}
