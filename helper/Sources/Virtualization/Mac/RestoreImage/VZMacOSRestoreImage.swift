import Foundation

/// A file from which macOS is installed: an IPSW on this host, or one to be downloaded. (macOS 12)
open class VZMacOSRestoreImage: NSObject {
  /// Where it is: a file URL when it was loaded, a network URL when it was fetched from the catalogue.
  public let url: URL
  /// The build, such as 24G90.
  public let buildVersion: String
  /// The version of macOS that it installs.
  public let operatingSystemVersion: OperatingSystemVersion

  private let requirements: VZMacOSConfigurationRequirements

  init(url: URL, version: MacVersion, build: String, requirements: VZMacOSConfigurationRequirements) {
    self.url = url
    buildVersion = build
    operatingSystemVersion = OperatingSystemVersion(
      majorVersion: version.major, minorVersion: version.minor, patchVersion: version.patch)
    self.requirements = requirements
    super.init()
  }

  /// Whether this host can run what it installs: never on a Linux host, the stand-in Mac apart. (macOS 13)
  public var isSupported: Bool { problem == nil }

  /// Why this host cannot run it; nil when it can.
  package var problem: String? { requirements.hardwareModel.problem }

  /// What a machine needs; nil when the host supports none of the image's models.
  public var mostFeaturefulSupportedConfiguration: VZMacOSConfigurationRequirements? {
    isSupported ? requirements : nil
  }

  /// Reads what a local restore image says about itself. The archive is not unpacked.
  ///
  /// - Parameter completionHandler: called once, on any thread. The `VZError` is `restoreImageLoadFailed` when the file
  ///   cannot be read, `invalidRestoreImage` when it is not a whole restore image for virtual Macs.
  public class func load(
    from fileURL: URL, completionHandler: @escaping (Result<VZMacOSRestoreImage, any Error>) -> Void
  ) {
    precondition(fileURL.isFileURL, "a restore image must be downloaded before it can be loaded")
    DispatchQueue.global().async {
      completionHandler(Result { try read(fileURL) })
    }
  }

  /// As ``load(from:completionHandler:)``.
  public class func image(from fileURL: URL) async throws -> VZMacOSRestoreImage {
    try await withCheckedThrowingContinuation { continuation in
      load(from: fileURL) { continuation.resume(with: $0) }
    }
  }

  private static func read(_ url: URL) throws -> VZMacOSRestoreImage {
    let contents = try RestoreImageContents.read(url).contents
    return VZMacOSRestoreImage(
      url: url, version: contents.version, build: contents.build,
      requirements: VZMacOSConfigurationRequirements(
        hardwareModel: contents.hardwareModel, minimumCPUCount: contents.minimumCPUCount,
        minimumMemorySize: contents.minimumMemorySize))
  }
}
