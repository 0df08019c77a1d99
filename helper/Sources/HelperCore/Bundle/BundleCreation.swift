import Foundation
import HelperProtocol
import Platform

/// Makes one bundle. It gets its name only when it is whole.
struct BundleCreation {
  let target: BundlePath
  let configuration: MachineConfiguration
  /// Bytes; nil for no disk of its own.
  let diskSize: UInt64?
  var diskFormat = DiskImageFormat.raw
  let installation: BundleInstallation
  /// Whether the caller has lost interest.
  let isCancelled: () -> Bool

  /// Blocks until the bundle is there, and holds it.
  ///
  /// - Throws: `WireError`, `SystemError` or what the framework throws; then nothing is left behind.
  func make() throws -> MachineBundle {
    let stage = try BundleStage(for: target, owner: .request("bundle.create"))
    do {
      try makeDisk(in: stage)
      try makeAuxiliaryStorage(in: stage)
      let document = BundleDocument(
        installation: installation, configuration: try stage.resolved(withDisk),
        standInNotice: configuration.standInNotice)
      try stage.write(document)
      if isCancelled() { throw WireError.requestCancelled }
      return MachineBundle(target, try stage.commit(), document)
    } catch {
      stage.abandon()
      throw withoutOwnDisk(stage.inTermsOfTarget(error))
    }
  }

  /// The disk of the bundle's own comes before the ones that the caller numbered.
  private func withoutOwnDisk(_ error: WireError) -> WireError {
    guard addsDisk else { return error }
    var error = error
    let list = "\(ConfigurationBuilder.root).storageDevices"
    for index in (configuration.storageDevices ?? []).indices {
      error.rename("\(list)[\(index + 1)]", to: "\(list)[\(index)]")
    }
    return error
  }

  private func makeDisk(in stage: BundleStage) throws {
    guard let diskSize else { return }
    let maker = DiskImageMaker(
      path: "\(stage.path)/\(BundleFile.disk)", size: diskSize, format: diskFormat, isSparse: true, overwrite: false,
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
    try MacHardware.makeAuxiliaryStorage(at: URL(fileURLWithPath: staged), for: model, overwrite: false)
    try SmallFile.synchronize(staged)
  }

  private var addsDisk: Bool { diskSize != nil && !configuration.uses(disk: target.file(BundleFile.disk)) }

  private var withDisk: MachineConfiguration {
    guard addsDisk else { return configuration }
    var wanted = configuration
    let image = DiskImageAttachment(path: PathString(target.file(BundleFile.disk)))
    wanted.storageDevices =
      [.virtioBlock(VirtioBlockDevice(attachment: .diskImage(image)))] + (wanted.storageDevices ?? [])
    return wanted
  }
}
