import Foundation
import HelperProtocol
import Platform
import Virtualization

/// Makes one bundle. It gets its name only when it is whole.
struct BundleCreation {
  let target: BundlePath
  let configuration: MachineConfiguration
  /// Bytes; nil for no disk of its own.
  let diskSize: UInt64?
  let installation: BundleInstallation
  /// Whether the caller has lost interest.
  let isCancelled: () -> Bool

  /// Blocks until the bundle is there.
  ///
  /// - Throws: `WireError`, `SystemError` or what the framework throws; then nothing is left behind.
  func make() throws -> BundleDocument {
    let stage = try BundleStage(for: target, owner: "bundle.create")
    do {
      try makeDisk(in: stage)
      try makeAuxiliaryStorage(in: stage)
      let document = BundleDocument(
        installation: installation, configuration: try resolved(in: stage), standInNotice: standInNotice)
      try writeStandInNotice(into: stage)
      try document.write(into: stage.path, base: target.path)
      if isCancelled() { throw WireError.requestCancelled }
      try stage.commit()
      return document
    } catch {
      stage.abandon()
      throw inTermsOfTarget(error, stage)
    }
  }

  private func makeDisk(in stage: BundleStage) throws {
    guard let diskSize else { return }
    let maker = DiskImageMaker(
      path: "\(stage.path)/\(BundleFile.disk)", size: diskSize, isSparse: true, overwrite: false,
      isCancelled: isCancelled, onProgress: { _ in })
    try maker.make()
  }

  /// What a virtual Mac's firmware needs, when it is to be in the bundle.
  private func makeAuxiliaryStorage(in stage: BundleStage) throws {
    let path = target.file(BundleFile.auxiliaryStorage)
    guard case .mac(let mac) = configuration.platform, mac.auxiliaryStoragePath.string == path else { return }
    let field = "\(ConfigurationBuilder.root).platform.hardwareModel"
    let model = try MacData.hardwareModel(mac.hardwareModel, at: field)
    let staged = "\(stage.path)/\(BundleFile.auxiliaryStorage)"
    _ = try VZMacAuxiliaryStorage(
      creatingStorageAt: URL(fileURLWithPath: staged), hardwareModel: model, options: [])
    try SmallFile.synchronize(staged)
  }

  /// The configuration as the framework accepts it, with everything filled in that must stay the same from now on.
  private func resolved(in stage: BundleStage) throws -> MachineConfiguration {
    var wanted = configuration
    if diskSize != nil, !wanted.uses(disk: target.file(BundleFile.disk)) {
      let image = DiskImageAttachment(path: PathString(target.file(BundleFile.disk)))
      wanted.storageDevices =
        [.virtioBlock(VirtioBlockDevice(attachment: .diskImage(image)))]
        + (wanted.storageDevices ?? [])
    }
    let staged = try wanted.moved(from: target.path, to: stage.path)
    return try ConfigurationBuilder(for: .validation).build(staged).resolved.moved(from: stage.path, to: target.path)
  }

  private var standInNotice: String? {
    guard case .mac = configuration.platform else { return nil }
    return MacHost.standInNotice
  }

  private func writeStandInNotice(into stage: BundleStage) throws {
    guard let standInNotice else { return }
    try SmallFile.replace("\(stage.path)/\(BundleFile.standInNotice)", with: Array("\(standInNotice)\n".utf8))
  }

  private func inTermsOfTarget(_ error: any Error, _ stage: BundleStage) -> WireError {
    var error = WireError(error)
    error.message = error.message.replacingOccurrences(of: stage.path, with: target.path)
    return error
  }
}
