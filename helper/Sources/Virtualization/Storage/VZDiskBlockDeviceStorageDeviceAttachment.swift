import Foundation

/// A disk whose bytes are on a block device of the host. (macOS 14)
open class VZDiskBlockDeviceStorageDeviceAttachment: VZStorageDeviceAttachment {
  /// The open block device, which must stay open until the machine has started.
  public let fileHandle: FileHandle
  /// Whether the guest sees a read-only disk.
  public let isReadOnly: Bool
  /// What a flush by the guest means.
  public let synchronizationMode: VZDiskSynchronizationMode

  /// An attachment to an open block device.
  ///
  /// - Throws: `VZError.invalidVirtualMachineConfiguration` when the handle is not open on a block device, or not for
  ///   writing though the guest may write.
  public init(fileHandle: FileHandle, readOnly: Bool, synchronizationMode: VZDiskSynchronizationMode) throws {
    self.fileHandle = fileHandle
    isReadOnly = readOnly
    self.synchronizationMode = synchronizationMode
    super.init(base: ())
    try throwingVZError { try checkDevice() }
  }

  private func checkDevice() throws {
    var status = stat()
    guard fstat(fileHandle.fileDescriptor, &status) == 0 else {
      throw ConfigurationProblem("The file handle is not open: \(String(cString: strerror(errno))).")
    }
    guard status.st_mode & S_IFMT == S_IFBLK else {
      throw ConfigurationProblem("The file handle is not a block device.")
    }
    let mode = fcntl(fileHandle.fileDescriptor, F_GETFL) & O_ACCMODE
    guard isReadOnly || mode == O_RDWR else {
      throw ConfigurationProblem("The block device is not open for reading and writing.")
    }
  }

  override func check() throws {
    try checkDevice()
    throw ConfigurationProblem.notRun("disks on block devices")
  }
}
