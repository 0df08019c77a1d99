import Foundation

/// The framework's file format of a hardware model: a binary property list
/// `{DataRepresentationVersion: 1, PlatformVersion: 2, MinimumSupportedOS: [12, 0, 0]}`.
struct HardwareModelFormat: Hashable {
  private static let versionKey = "DataRepresentationVersion"
  private static let platformKey = "PlatformVersion"
  private static let minimumKey = "MinimumSupportedOS"
  private static let knownVersion: UInt64 = 1
  /// Far more than there are, and few enough to be a sensible number.
  private static let plausible: ClosedRange<UInt64> = 1...9999

  /// The generation of Apple's virtual hardware; 2 is the one that `VirtualMac2,1` names.
  let platformVersion: Int
  /// The oldest macOS whose host provides it.
  let minimumSupportedOS: MacVersion

  init(platformVersion: Int, minimumSupportedOS: MacVersion) {
    self.platformVersion = platformVersion
    self.minimumSupportedOS = minimumSupportedOS
  }

  init?(_ data: Data) {
    guard let list = BinaryPropertyList.decode(data),
      BinaryPropertyList.unsigned(list[Self.versionKey]) == Self.knownVersion,
      let platform = BinaryPropertyList.unsigned(list[Self.platformKey]), Self.plausible.contains(platform),
      let parts = list[Self.minimumKey] as? [Any], parts.count == 3
    else { return nil }
    let numbers = parts.compactMap(BinaryPropertyList.unsigned).filter { $0 <= Self.plausible.upperBound }
    guard numbers.count == 3, numbers[0] > 0 else { return nil }
    self.init(
      platformVersion: Int(platform),
      minimumSupportedOS: MacVersion(major: Int(numbers[0]), minor: Int(numbers[1]), patch: Int(numbers[2])))
  }

  var data: Data {
    let minimum = [minimumSupportedOS.major, minimumSupportedOS.minor, minimumSupportedOS.patch]
    return BinaryPropertyListWriter.write([
      Self.versionKey: .number(Self.knownVersion), Self.platformKey: .number(UInt64(platformVersion)),
      Self.minimumKey: .numbers(minimum.map(UInt64.init)),
    ])
  }
}
