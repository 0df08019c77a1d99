import Foundation

/// The kind of virtual Mac that a version of macOS is made for. (macOS 12)
public final class VZMacHardwareModel: NSObject, NSCopying {
  /// The model as a binary property list, to be stored and handed to `init(dataRepresentation:)` again.
  public let dataRepresentation: Data

  let format: HardwareModelFormat

  /// The model that `dataRepresentation` once gave; nil when the data is not one.
  public init?(dataRepresentation: Data) {
    guard let format = HardwareModelFormat(dataRepresentation) else { return nil }
    self.format = format
    self.dataRepresentation = dataRepresentation
    super.init()
  }

  init(format: HardwareModelFormat) {
    self.format = format
    dataRepresentation = format.data
    super.init()
  }

  /// What a platform has until it is told otherwise.
  static let standard = VZMacHardwareModel(
    format: HardwareModelFormat(platformVersion: knownPlatform, minimumSupportedOS: MacVersion(major: 12)))

  private static let knownPlatform = 2

  /// Whether this host can run machines of this model: never on a Linux host, the stand-in Mac apart.
  public var isSupported: Bool { problem == nil }

  /// Why this host cannot run machines of this model.
  var problem: String? {
    guard StandInMac.isEnabled else { return StandInMac.refusal }
    guard format.platformVersion <= Self.knownPlatform else {
      return "The stand-in Mac knows hardware models of platform version \(Self.knownPlatform), "
        + "not \(format.platformVersion)."
    }
    guard format.minimumSupportedOS <= StandInMac.hostVersion else {
      return "The hardware model needs a host with macOS \(format.minimumSupportedOS); "
        + "the stand-in's host takes itself for macOS \(StandInMac.hostVersion)."
    }
    return nil
  }

  public func copy(with zone: NSZone? = nil) -> Any {
    self
  }

  /// Equal when what the data says is: the same dictionary has many spellings as a property list.
  public override func isEqual(_ object: Any?) -> Bool {
    (object as? VZMacHardwareModel)?.format == format
  }

  public override var hash: Int {
    format.hashValue
  }
}
