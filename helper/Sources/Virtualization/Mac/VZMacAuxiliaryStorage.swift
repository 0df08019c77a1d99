import Foundation

/// The file in which a virtual Mac's firmware keeps what it stores. It moves with the machine's disk. (macOS 12)
open class VZMacAuxiliaryStorage: NSObject {
  /// The file.
  public let url: URL

  /// The storage in an existing file, which the configuration's `validate()` looks at. (macOS 13)
  public init(url URL: URL) {
    url = URL
    super.init()
  }

  /// As ``init(url:)``, under its first name.
  @available(*, deprecated, renamed: "init(url:)")
  public init(contentsOf URL: URL) {
    url = URL
    super.init()
  }

  /// Makes a new, empty storage for a hardware model.
  ///
  /// - Throws: `VZError.notSupported` unless this host runs such Macs, and `VZError.internalError`, with the system's error
  ///   inside, when the file cannot be written or exists and `allowOverwrite` is not given.
  public init(
    creatingStorageAt URL: URL, hardwareModel: VZMacHardwareModel, options: InitializationOptions = []
  ) throws {
    url = URL
    super.init()
    try throwingVZError {
      if let problem = hardwareModel.problem {
        throw ConfigurationProblem.notSupported(
          problem, suggestion: StandInMac.isEnabled ? nil : StandInMac.suggestion)
      }
      try AuxiliaryStorageFile(url: URL).create(for: hardwareModel, overwrite: options.contains(.allowOverwrite))
    }
  }

  /// Throws a `ConfigurationProblem` unless the file is an auxiliary storage of that hardware model.
  func check(for hardwareModel: VZMacHardwareModel) throws {
    let found = try AuxiliaryStorageFile(url: url).read()
    guard found == hardwareModel else {
      throw ConfigurationProblem(
        "The auxiliary storage \(url.path) was made for another hardware model than the platform's.",
        suggestion: "Give the hardware model and the auxiliary storage of the same machine.")
    }
  }
}

extension VZMacAuxiliaryStorage {
  /// How a new storage is made. (macOS 12)
  public struct InitializationOptions: OptionSet, Sendable {
    public let rawValue: UInt

    public init(rawValue: UInt) {
      self.rawValue = rawValue
    }

    /// Replaces what is in the file.
    public static let allowOverwrite = InitializationOptions(rawValue: 1)
  }
}
