import Foundation
import HelperProtocol

/// A virtual Mac as another program describes it, whichever that is.
struct ForeignMachine: Equatable {
  /// The folder of the program's files.
  enum File {
    static let configuration = "config.json"
    static let disk = "disk.img"
    static let auxiliaryStorage = "nvram.bin"
  }

  let format: BundleImportFormat
  let cpuCount: UInt32
  /// In bytes.
  let memorySize: UInt64
  let hardwareModel: Data
  let machineIdentifier: Data
  let macAddress: String?
  /// In pixels.
  let display: (width: UInt32, height: UInt32)
  /// What a bundle cannot hold, in sentences.
  var notes: [String] = []

  static func == (one: ForeignMachine, other: ForeignMachine) -> Bool {
    one.format == other.format && one.cpuCount == other.cpuCount && one.memorySize == other.memorySize
      && one.hardwareModel == other.hardwareModel && one.machineIdentifier == other.machineIdentifier
      && one.macAddress == other.macAddress && one.display == other.display && one.notes == other.notes
  }

  /// Reads `config.json` of Tart or Lume.
  ///
  /// - Parameter path: the file's, for messages.
  /// - Throws: `WireError` that says what is wrong with the file, or what in it has no counterpart here.
  init(_ bytes: [UInt8], path: String) throws {
    let members = try ForeignMembers(bytes, path: path)
    // Tart's has had a version from its first day; Lume's never had one.
    if members.has("version") || members.has("ecid") {
      self = try Self.tart(members)
    } else if members.has("os") {
      self = try Self.lume(members)
    } else {
      throw members.problem("is of neither Tart nor Lume: it has neither version nor os")
    }
  }

  init(
    format: BundleImportFormat, cpuCount: UInt32, memorySize: UInt64, hardwareModel: Data, machineIdentifier: Data,
    macAddress: String?, display: (width: UInt32, height: UInt32), notes: [String]
  ) {
    (self.format, self.cpuCount, self.memorySize) = (format, cpuCount, memorySize)
    (self.hardwareModel, self.machineIdentifier) = (hardwareModel, machineIdentifier)
    (self.macAddress, self.display, self.notes) = (macAddress, display, notes)
  }

  /// Why a guest that is no macOS stays where it is.
  static func noMac(_ members: ForeignMembers) -> WireError {
    WireError(
      .notSupported,
      "\(members.path) describes a Linux guest, which starts by EFI. vzkit has no EFI boot loader yet, so that such a "
        + "machine cannot be imported. Give its kernel to a new bundle instead.")
  }
}
