import Foundation
import HelperProtocol
import HostSystem
import Platform

/// Copies a virtual Mac of another program into a bundle, which gets its name only when it is whole.
struct BundleImport {
  let source: String
  let target: BundlePath
  /// Whether the bundle becomes a machine of its own.
  let newIdentity: Bool
  /// Whether the disk's data must survive a power cut.
  let synchronize: Bool
  /// Whether the caller has lost interest.
  let isCancelled: () -> Bool
  /// Called with the bytes copied so far and those there are.
  let onProgress: (_ completed: UInt64, _ total: UInt64) -> Void

  /// Blocks until the bundle is there.
  ///
  /// - Throws: `WireError` or `SystemError`; then nothing is left behind.
  func make() throws -> BundleImportResult {
    let folder = try ForeignFolder(source)
    // A machine of ours may have been made with the disk where it is.
    let diskLock = try DiskLock(image: folder.disk, isReadOnly: true, owner: .request("bundle.import"))
    defer { withExtendedLifetime((folder, diskLock)) {} }
    let stage = try BundleStage(for: target, owner: .request("bundle.import"), source: source)
    do {
      let configuration = try fill(stage, from: folder)
      try stage.write(
        BundleDocument(
          installation: .complete, configuration: configuration, standInNotice: configuration.standInNotice))
      try checkpoint()
      try stage.commit()
      return BundleImportResult(
        path: PathString(target.path), configuration: configuration, format: folder.machine.format, notes: folder.notes)
    } catch {
      stage.abandon()
      throw inTermsOfSource(stage.inTermsOfTarget(error))
    }
  }

  /// Small things first: a machine that cannot be here is refused before its disk is copied.
  private func fill(_ stage: BundleStage, from folder: ForeignFolder) throws -> MachineConfiguration {
    let total = FileAllocation.usedSpace(of: folder.disk)
    try copy(folder.auxiliaryStorage, to: stage, BundleFile.auxiliaryStorage, synchronize: true)
    let wanted = try identified(folder.machine.configuration(in: target))
    if !AppleSparseImage.isPresent(at: folder.disk) {
      try withPlaceholder(for: folder.disk, in: stage) { _ = try stage.resolved(wanted) }
    }
    onProgress(0, total)
    try copy(folder.disk, to: stage, BundleFile.disk, synchronize: synchronize) { onProgress(min($0, total), total) }
    onProgress(total, total)
    return try stage.resolved(wanted)
  }

  /// Puts a hole of the disk's size in its place meanwhile.
  private func withPlaceholder(for disk: String, in stage: BundleStage, _ body: () throws -> Void) throws {
    let path = "\(stage.path)/\(BundleFile.disk)"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw SystemError(errno, "make", path: path) }
    defer { unlink(path) }
    let size = FileAllocation.size(of: disk) ?? 0
    let result = ftruncate(descriptor, off_t(size))
    let number = errno
    close(descriptor)
    guard result == 0 else { throw SystemError(number, "make", path: path) }
    try body()
  }

  private func identified(_ configuration: MachineConfiguration) throws -> MachineConfiguration {
    newIdentity ? try configuration.withNewIdentity() : configuration
  }

  private func copy(
    _ source: String, to stage: BundleStage, _ name: String, synchronize: Bool,
    onProgress: @escaping (UInt64) -> Void = { _ in }
  ) throws {
    let path = "\(stage.path)/\(name)"
    try SparseCopy(from: source, to: path, checkpoint: checkpoint, onProgress: onProgress).run(synchronize: synchronize)
    // Whatever it was there: here the guest writes to it.
    guard chmod(path, 0o644) == 0 else { throw SystemError(errno, "write", path: path) }
  }

  /// The configuration was not in the params.
  private func inTermsOfSource(_ error: WireError) -> WireError {
    var error = error
    let place = "the configuration of \(source)"
    guard error.message.contains(ConfigurationBuilder.root) else { return error }
    error.message = error.message.replacingOccurrences(of: ConfigurationBuilder.root, with: place)
    error.path = nil
    return error
  }

  private func checkpoint() throws {
    if isCancelled() { throw WireError.requestCancelled }
  }
}

extension ForeignMachine {
  /// The machine with the devices that a new virtual Mac gets too.
  fileprivate func configuration(in bundle: BundlePath) -> MachineConfiguration {
    let image = DiskImageAttachment(path: PathString(bundle.file(BundleFile.disk)))
    let display = MacGraphicsDisplay(widthInPixels: self.display.width, heightInPixels: self.display.height)
    var configuration = MachineConfiguration(
      cpuCount: cpuCount, memorySize: memorySize,
      platform: .mac(
        MacPlatform(
          hardwareModel: hardwareModel, machineIdentifier: machineIdentifier,
          auxiliaryStoragePath: PathString(bundle.file(BundleFile.auxiliaryStorage)))),
      bootLoader: .macOS(MacOSBootLoader()))
    configuration.machineDevices = MachineDevices(
      storageDevices: [.virtioBlock(VirtioBlockDevice(attachment: .diskImage(image)))],
      networkDevices: [.virtio(VirtioNetworkDevice(macAddress: macAddress, attachment: .nat(NATAttachment())))],
      // These programs give their guests none.
      consoleDevices: [],
      graphicsDevices: [.mac(MacGraphicsDevice(displays: [display]))]
    ).filled(from: MacDefaults(requirements: nil).devices)
    return configuration
  }
}
