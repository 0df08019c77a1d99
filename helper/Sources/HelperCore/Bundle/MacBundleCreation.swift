import Foundation
import HelperProtocol
import Platform

/// Makes the bundle of a virtual Mac for what a restore image installs.
struct MacBundleCreation {
  private let params: BundleCreateMacParams
  let target: BundlePath
  private let diskSize: UInt64

  /// Has room for a system, its updates and some work; it takes space only as it fills.
  private static let defaultDiskSize: UInt64 = 64 << 30

  /// - Throws: `WireError` for what is wrong with the params themselves.
  init(_ params: BundleCreateMacParams) throws {
    self.params = params
    target = try BundlePath(params.path, param: "path")
    try Bounds.checkName(target.name, at: "params.path")
    guard FileAllocation.exists(target.folder) else {
      throw WireError(
        .fileNotFound, "The folder \(target.folder) for the bundle does not exist. Make it first.", path: "params.path")
    }
    diskSize = params.diskSize ?? Self.defaultDiskSize
    try DiskHandlers.checkSize(diskSize, "diskSize")
    try HostFileCheck(role: "restore image", path: params.restoreImage.string, field: "params.restoreImage")
      .requireReadable()
  }

  /// - Parameter completion: called once, on any thread.
  func loadRestoreImage(_ completion: @escaping (Result<MacRestoreImage, any Error>) -> Void) {
    MacRestoreImage.load(from: params.restoreImage.url, completion)
  }

  /// Blocks until the bundle is there.
  ///
  /// - Returns: the bundle, held, and what may end an installation all the same.
  /// - Throws: what `BundleCreation` throws, or why the image cannot be installed here; then nothing is left behind.
  func make(
    _ image: MacRestoreImage, isCancelled: @escaping () -> Bool
  ) throws -> (bundle: MachineBundle, warnings: [RestoreImagePreflightWarning]) {
    let facts = RestoreImageInfo(image)
    let defaults = MacDefaults(requirements: facts.requirements)
    let cpuCount = params.cpuCount ?? defaults.cpuCount
    let memorySize = params.memorySize ?? defaults.memorySize
    let warnings = try InstallPreflight(
      version: facts.version, requirements: facts.requirements, cpuCount: cpuCount, memorySize: memorySize,
      diskSize: diskSize, imageSize: facts.size, folder: target.folder
    ).run()
    guard let requirements = facts.requirements else {
      let reason = facts.unsupportedReason ?? "This host cannot run macOS \(facts.version)."
      throw WireError(.installationRequiresUpdate, "\(params.restoreImage.string): \(reason)")
    }
    let platform = MacPlatform(
      hardwareModel: requirements.hardwareModel,
      auxiliaryStoragePath: PathString(target.file(BundleFile.auxiliaryStorage)))
    var configuration = MachineConfiguration(
      cpuCount: cpuCount, memorySize: memorySize, label: params.label, platform: .mac(platform),
      bootLoader: .macOS(MacOSBootLoader()))
    configuration.machineDevices = params.machineDevices.filled(from: defaults.devices)
    let creation = BundleCreation(
      target: target, configuration: configuration, diskSize: diskSize, diskFormat: params.diskFormat ?? .raw,
      installation: .required, isCancelled: isCancelled)
    do {
      return (try creation.make(), warnings)
    } catch {
      throw inTermsOfParams(error)
    }
  }

  /// The params have no field `configuration`.
  private func inTermsOfParams(_ error: any Error) -> WireError {
    var error = WireError(error)
    error.rename(ConfigurationBuilder.root + ".", to: "params.")
    return error
  }
}
