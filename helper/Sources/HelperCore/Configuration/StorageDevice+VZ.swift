import Foundation
import HelperProtocol
import Platform
import Virtualization

extension ConfigurationBuilder {
  func storage(
    _ wire: StorageDevice, _ index: Int, at field: String
  ) throws -> (VZStorageDeviceConfiguration, StorageDevice) {
    switch wire {
    case .virtioBlock(var wire):
      let attachment: VZStorageDeviceAttachment
      (attachment, wire.attachment) = try storageAttachment(wire.attachment, at: "\(field).attachment")
      let device = VZVirtioBlockDeviceConfiguration(attachment: attachment)
      if let identifier = wire.blockDeviceIdentifier {
        // The framework ends the process over a bad one.
        try VZVirtioBlockDeviceConfiguration.validateBlockDeviceIdentifier(identifier)
        if !identifier.isEmpty {
          try claims.claim(.blockDeviceIdentifier(identifier), at: "\(field).blockDeviceIdentifier")
        }
        device.blockDeviceIdentifier = identifier
      }
      return (device, .virtioBlock(wire))
    }
  }

  private func storageAttachment(
    _ wire: StorageAttachment, at field: String
  ) throws -> (VZStorageDeviceAttachment, StorageAttachment) {
    switch wire {
    case .diskImage(let wire): return try diskImage(wire, at: field)
    }
  }

  private func diskImage(
    _ wire: DiskImageAttachment, at field: String
  ) throws -> (VZStorageDeviceAttachment, StorageAttachment) {
    var wire = wire
    let isReadOnly = wire.isReadOnly ?? false
    let file = try input("disk image", wire.path.string, for: isReadOnly ? .read : .write, at: "\(field).path")
    try isReadOnly ? file.requireReadable() : file.requireReadableAndWritable()
    if let problem = AppleSparseImage.useProblem, AppleSparseImage.isPresent(at: wire.path.string) {
      throw WireError(
        .notSupported, "The disk image \(wire.path.string) cannot be used. \(problem)", path: "\(field).path")
    }
    try ForeignImageCheck(path: wire.path.string, field: "\(field).path").run()
    // Not the framework's own default: automatic caching is known to corrupt the disks of Linux guests.
    let caching = wire.cachingMode ?? .cached
    let synchronization = wire.synchronizationMode ?? .fsync
    let attachment = try VZDiskImageStorageDeviceAttachment(
      url: wire.path.url, readOnly: isReadOnly, cachingMode: caching.framework,
      synchronizationMode: synchronization.framework)
    disks.append(DiskUse(path: wire.path.string, isReadOnly: isReadOnly))
    (wire.isReadOnly, wire.cachingMode, wire.synchronizationMode) = (isReadOnly, caching, synchronization)
    return (attachment, .diskImage(wire))
  }
}

extension DiskImageCachingMode {
  fileprivate var framework: VZDiskImageCachingMode {
    switch self {
    case .automatic: return .automatic
    case .cached: return .cached
    case .uncached: return .uncached
    }
  }
}

extension DiskImageSynchronizationMode {
  fileprivate var framework: VZDiskImageSynchronizationMode {
    switch self {
    case .full: return .full
    case .fsync: return .fsync
    case .none: return .none
    }
  }
}
