import CVirtualization
import Foundation

extension VZMacOSRestoreImage {
  /// Apple's list of restore images, or the one that `VZKIT_RESTORE_IMAGE_CATALOG` names.
  package static var catalogURL: URL {
    StandInMac.value(of: "VZKIT_RESTORE_IMAGE_CATALOG").flatMap(URL.init(string:)) ?? appleCatalogURL
  }

  private static let appleCatalogURL = URL(
    string: "https://mesu.apple.com/assets/macos/com_apple_macOSIPSW/com_apple_macOSIPSW.xml")!  // a constant

  /// Finds the newest restore image that this host can run. Its URL is one to download from.
  ///
  /// - Parameter completionHandler: called once, on any thread. The `VZError` is `restoreImageCatalogLoadFailed`,
  ///   `invalidRestoreImageCatalog` or `noSupportedRestoreImagesInCatalog`.
  public class func fetchLatestSupported(
    completionHandler: @escaping (Result<VZMacOSRestoreImage, any Error>) -> Void
  ) {
    fetchLatestSupported(catalog: catalogURL, completionHandler: completionHandler)
  }

  /// As ``fetchLatestSupported(completionHandler:)``.
  public class var latestSupported: VZMacOSRestoreImage {
    get async throws {
      try await withCheckedThrowingContinuation { continuation in
        fetchLatestSupported { continuation.resume(with: $0) }
      }
    }
  }

  /// The same from a list at another place, in the same format.
  package class func fetchLatestSupported(
    catalog: URL, completionHandler: @escaping (Result<VZMacOSRestoreImage, any Error>) -> Void
  ) {
    DispatchQueue.global().async {
      completionHandler(Result { try latest(in: try fetch(catalog), of: catalog) })
    }
  }

  private static let maximumCatalogSize = 32 << 20
  private static let patience = 30

  private static func fetch(_ url: URL) throws -> Data {
    if url.isFileURL {
      // Opening a FIFO would wait for whoever writes to it.
      try throwingVZError {
        try HostFile(role: "list of restore images", url: url, code: .restoreImageCatalogLoadFailed)
          .requireRegularFile(for: .read)
      }
    }
    var size = 0
    var reason = [CChar](repeating: 0, count: 256)
    guard let bytes = vz_fetch(url.absoluteString, maximumCatalogSize, patience, &size, &reason) else {
      throw VZError(
        .restoreImageCatalogLoadFailed, reason: "\(url.absoluteString): \(String(cString: reason)).",
        suggestion: "Check the connection, or give a restore image of your own.")
    }
    return Data(bytesNoCopy: bytes, count: size, deallocator: .free)
  }

  static func latest(in data: Data, of catalog: URL) throws -> VZMacOSRestoreImage {
    let entries = RestoreImageCatalog(data)?.virtualMacs
    guard let entries else {
      throw VZError(
        .invalidRestoreImageCatalog, reason: "\(catalog.absoluteString) is not a list of restore images.")
    }
    let usable = entries.filter { $0.version.major <= StandInMac.hostVersion.major }
    guard StandInMac.isEnabled, let newest = usable.max(by: { ($0.version, $0.build) < ($1.version, $1.build) }) else {
      throw VZError(
        .noSupportedRestoreImagesInCatalog,
        reason: StandInMac.isEnabled
          ? "None of the \(entries.count) in it is for a host with macOS \(StandInMac.hostVersion)."
          : StandInMac.refusal)
    }
    return VZMacOSRestoreImage(
      url: newest.url, version: newest.version, build: newest.build,
      requirements: VZMacOSConfigurationRequirements(
        hardwareModel: .standard, minimumCPUCount: 2, minimumMemorySize: 4 << 30))
  }
}

/// Apple's list of restore images: by version of the list, then by device, then by build.
struct RestoreImageCatalog {
  struct Entry {
    let url: URL
    let version: MacVersion
    let build: String
  }

  /// The ones for a virtual Mac.
  let virtualMacs: [Entry]

  private static let product = "VirtualMac2,1"
  private static let maximumDepth = 4

  init?(_ data: Data) {
    guard let list = PropertyListFile.dictionary(data),
      let versions = list["MobileDeviceSoftwareVersionsByVersion"] as? [String: Any]
    else { return nil }
    virtualMacs = versions.values.flatMap { version -> [Entry] in
      let devices = (version as? [String: Any])?["MobileDeviceSoftwareVersions"] as? [String: Any]
      return Self.entries(in: devices?[Self.product], depth: 0)
    }
  }

  /// An image may stand under its build or under "Unknown" and "Universal".
  private static func entries(in value: Any?, depth: Int) -> [Entry] {
    guard depth <= maximumDepth, let list = value as? [String: Any] else { return [] }
    if let text = list["FirmwareURL"] as? String, let url = URL(string: text),
      ["https", "http", "file"].contains(url.scheme?.lowercased() ?? ""), let build = list["BuildVersion"] as? String,
      let version = (list["ProductVersion"] as? String).flatMap(MacVersion.init)
    {
      return [Entry(url: url, version: version, build: build)]
    }
    return list.values.flatMap { entries(in: $0, depth: depth + 1) }
  }
}
