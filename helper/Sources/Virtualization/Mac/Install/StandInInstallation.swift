import CVirtualization
import Foundation

/// Copies the payload of a restore image to the disk, checks it against the archive's sum, and marks the disk as
/// installed with the last write. On a thread of its own.
struct StandInInstallation {
  let configuration: VZVirtualMachineConfiguration
  let restoreImage: URL
  let progress: Progress

  private static let step = 1 << 20
  /// Looked at this often while a wanted stall lasts.
  private static let stallStep: UInt32 = 50_000

  func run() throws {
    try throwingVZError { try StandInMac.require() }
    try configuration.validate()
    let (contents, archive) = try RestoreImageContents.read(restoreImage)
    try check(contents)
    guard let name = contents.standInPayload, let payload = archive.members[name], !payload.isDeflated,
      payload.size > UInt64(StandInSystem.blockSize)
    else {
      throw VZError(
        .invalidRestoreImage,
        reason: "\(restoreImage.path) was not made for the stand-in Mac, which cannot install macOS itself.",
        suggestion: "Make one with scripts/makeRestoreImage.ts.")
    }
    do {
      try copy(payload, of: archive)
    } catch let error as VZError where error.code == .operationCancelled {
      throw error
    } catch {
      throw Self.failed("The system was not written to the disk.", cause: error)
    }
  }

  private func check(_ contents: RestoreImageContents) throws {
    if let problem = StandInFailure.wanted == .model
      ? "The image's hardware model is unknown here." : contents.hardwareModel.problem
    {
      throw VZError(.installationRequiresUpdate, reason: problem, suggestion: "Update the host or use an older image.")
    }
    guard contents.version.major <= StandInMac.hostVersion.major else {
      throw VZError(
        .installationRequiresUpdate,
        reason: "macOS \(contents.version) does not install on a host with macOS \(StandInMac.hostVersion).",
        suggestion: "Update the host or use an older image.")
    }
    let platform = configuration.platform as? VZMacPlatformConfiguration
    guard platform?.hardwareModel == contents.hardwareModel else {
      throw Self.failed("The machine's hardware model is not the one that the restore image is for.")
    }
    guard configuration.cpuCount >= contents.minimumCPUCount,
      configuration.memorySize >= contents.minimumMemorySize
    else {
      throw Self.failed(
        "The restore image needs \(contents.minimumCPUCount) CPUs and \(contents.minimumMemorySize >> 20) MiB of memory; "
          + "the machine has \(configuration.cpuCount) and \(configuration.memorySize >> 20) MiB.")
    }
  }

  private func copy(_ payload: ZipArchive.Member, of archive: ZipArchive) throws {
    let disk = try openDisk(atLeast: payload.size)
    defer { close(disk) }
    // Until the end the disk must not look installed, whatever was on it.
    var block = Data(count: StandInSystem.blockSize)
    try write(block, to: disk, at: 0)
    progress.totalUnitCount = Int64(payload.size)
    var room = Data(count: Self.step)
    var position: UInt64 = 0
    var checksum: UInt32 = 0
    while position < payload.size {
      try checkpoint(Double(position) / Double(payload.size))
      let count = try room.withUnsafeMutableBytes { try archive.read(payload, at: position, into: $0) }
      if StandInFailure.wanted == .corrupt, position == 0 { room[StandInSystem.blockSize] ^= 1 }
      checksum = room.withUnsafeBytes { vz_crc32(checksum, $0.baseAddress, count) }
      var piece = room.prefix(count)
      if position == 0 {
        block = Data(piece.prefix(StandInSystem.blockSize))
        piece = piece.dropFirst(StandInSystem.blockSize)
      }
      try write(Data(piece), to: disk, at: position == 0 ? UInt64(StandInSystem.blockSize) : position)
      position += UInt64(count)
      progress.completedUnitCount = Int64(position)
    }
    guard checksum == payload.checksum else {
      throw VZError(.invalidRestoreImage, reason: "\(payload.name) in \(restoreImage.path) is damaged.")
    }
    guard StandInSystem(block: block) != nil else {
      throw VZError(.invalidRestoreImage, reason: "\(payload.name) in \(restoreImage.path) holds no stand-in system.")
    }
    try synchronize(disk)
    try checkpoint(1)
    try write(block, to: disk, at: 0)
    try synchronize(disk)
  }

  private func openDisk(atLeast size: UInt64) throws -> Int32 {
    guard let image = configuration.storageDevices.first?.attachment as? VZDiskImageStorageDeviceAttachment,
      !image.isReadOnly
    else {
      throw VZError(
        .invalidVirtualMachineConfiguration,
        reason: "The first storage device must be a disk image that can be written.")
    }
    let disk = try DiskFile.open(image.url.path, readOnly: false, direct: false)
    var status = stat()
    guard fstat(disk, &status) == 0, UInt64(status.st_size) >= size else {
      close(disk)
      throw VZError(
        .outOfDiskSpace, reason: "The disk \(image.url.path) is too small: it needs \(size) bytes.",
        suggestion: "Make a larger one.")
    }
    return disk
  }

  /// Heeds a cancel and the failures that were asked for.
  private func checkpoint(_ fraction: Double) throws {
    while true {
      if progress.isCancelled { throw VZError(.operationCancelled, reason: "The installation was cancelled.") }
      switch StandInFailure.wanted {
      case .stall(let limit) where fraction >= limit: usleep(Self.stallStep)
      case .install(let limit) where fraction >= limit:
        throw NSError(
          domain: "VzkitStandInErrorDomain", code: 1,
          userInfo: [
            NSLocalizedDescriptionKey: "The stand-in was asked to fail at \(limit) (VZKIT_STANDIN_FAIL).",
            NSUnderlyingErrorKey: NSError(errno: EIO),
          ])
      default: return
      }
    }
  }

  private func write(_ data: Data, to disk: Int32, at position: UInt64) throws {
    var done = 0
    while done < data.count {
      let count = data.withUnsafeBytes {
        pwrite(disk, $0.baseAddress.map { $0 + done }, data.count - done, off_t(position) + off_t(done))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw NSError(errno: errno) }
      done += count
    }
  }

  private func synchronize(_ disk: Int32) throws {
    guard fsync(disk) == 0 else { throw NSError(errno: errno) }
  }

  private static func failed(_ reason: String, cause: (any Error)? = nil) -> VZError {
    VZError(
      .installationFailed, reason: [reason, cause?.localizedDescription].compactMap { $0 }.joined(separator: " "),
      underlying: cause)
  }
}
