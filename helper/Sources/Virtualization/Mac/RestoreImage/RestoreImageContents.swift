import Foundation
import HostSystem

/// What a restore image (an IPSW file) says about itself: `BuildManifest.plist` and `Restore.plist` in a zip archive.
struct RestoreImageContents {
  let version: MacVersion
  let build: String
  let hardwareModel: VZMacHardwareModel
  let minimumCPUCount: Int
  /// In bytes.
  let minimumMemorySize: UInt64
  /// The payload of an image made for the stand-in; nil for Apple's.
  let standInPayload: String?

  /// Apple's have some MiB.
  private static let maximumListSize: UInt64 = 32 << 20
  /// What marks the virtual Mac among all the Macs that an image is for.
  private static let deviceClass = "vma2macosap"
  private static let plausibleCPUs = 1...1024
  private static let plausibleMebibytes = 1...(1 << 24)

  /// - Throws: `VZError` of code `restoreImageLoadFailed` (the file cannot be read) or `invalidRestoreImage`.
  static func read(_ url: URL) throws -> (contents: RestoreImageContents, archive: ZipArchive) {
    do {
      let archive = try ZipArchive(path: url.path)
      return (try RestoreImageContents(archive), archive)
    } catch let problem as ZipArchive.Problem {
      throw VZError(
        .invalidRestoreImage, reason: "\(url.path) is not a restore image that can be used: \(problem).",
        suggestion: problem.suggestion ?? "Download it again.")
    } catch let error as SystemError {
      throw VZError(
        .restoreImageLoadFailed, reason: "The restore image \(url.path) cannot be read: \(error.reason).",
        suggestion: "Check the path.", underlying: NSError(errno: error.number))
    }
  }

  private init(_ archive: ZipArchive) throws {
    try Self.requireLayout(of: archive)
    let manifest = try Self.list("BuildManifest.plist", in: archive)
    let restore = try Self.list("Restore.plist", in: archive)
    guard let version = (manifest["ProductVersion"] as? String).flatMap(MacVersion.init),
      let build = manifest["ProductBuildVersion"] as? String, (1...32).contains(build.utf8.count)
    else { throw ZipArchive.Problem("its BuildManifest.plist names no version and build") }
    guard restore["ProductBuildVersion"] as? String == build else {
      throw ZipArchive.Problem("its Restore.plist is of another build than its BuildManifest.plist")
    }
    let info = try Self.virtualMac(in: manifest)
    guard let hostText = info["VirtualMachineMinHostOS"] as? String, let host = MacVersion(hostText), host.major > 0,
      let cpus = BinaryPropertyList.unsigned(info["VirtualMachineMinCPUCount"]).flatMap(Int.init(exactly:)),
      Self.plausibleCPUs.contains(cpus),
      let memory = BinaryPropertyList.unsigned(info["VirtualMachineMinMemorySizeMB"]).flatMap(Int.init(exactly:)),
      Self.plausibleMebibytes.contains(memory)
    else { throw ZipArchive.Problem("its BuildManifest.plist does not say what a virtual Mac needs") }
    self.version = version
    self.build = build
    hardwareModel = VZMacHardwareModel(format: HardwareModelFormat(platformVersion: 2, minimumSupportedOS: host))
    minimumCPUCount = cpus
    minimumMemorySize = UInt64(memory) << 20
    standInPayload = (manifest["VzkitStandIn"] as? [String: Any])?["Payload"] as? String
  }

  /// Tells what people make of a restore image with the Finder or another packer.
  private static func requireLayout(of archive: ZipArchive) throws {
    guard archive.members["BuildManifest.plist"] == nil else { return }
    let names = archive.members.keys.filter { !$0.hasPrefix("__MACOSX/") }
    if let inner = names.filter({ $0.lowercased().hasSuffix(".ipsw") }).min() {
      throw ZipArchive.Problem(
        "it is a zip archive in which a restore image lies, \(inner)",
        suggestion: "Unpack it, for example with: unzip, and use the file in it.")
    }
    if let inner = names.filter({ $0.hasSuffix("/BuildManifest.plist") }).min() {
      throw ZipArchive.Problem(
        "its files lie in the folder \((inner as NSString).deletingLastPathComponent), as when a restore image was unpacked "
          + "and the folder compressed")
    }
  }

  private static func list(_ name: String, in archive: ZipArchive) throws -> [String: Any] {
    let data = try archive.content(of: name, limit: maximumListSize)
    guard let list = PropertyListFile.dictionary(data) else {
      throw ZipArchive.Problem("its \(name) is no property list")
    }
    return list
  }

  /// The facts about the way to install a virtual Mac from nothing.
  private static func virtualMac(in manifest: [String: Any]) throws -> [String: Any] {
    let infos = (manifest["BuildIdentities"] as? [[String: Any]] ?? []).compactMap { $0["Info"] as? [String: Any] }
    let virtual = infos.filter { $0["DeviceClass"] as? String == deviceClass }
    guard let info = virtual.first(where: { $0["RestoreBehavior"] as? String == "Erase" }) ?? virtual.first else {
      throw ZipArchive.Problem("it is not for a virtual Mac: its BuildManifest.plist has no \(deviceClass)")
    }
    return info
  }
}
