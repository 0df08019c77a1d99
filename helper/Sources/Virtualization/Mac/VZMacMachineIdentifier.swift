import Foundation

/// Tells one virtual Mac from another, as the ECID does with real ones. Equal when the data is. (macOS 12)
public final class VZMacMachineIdentifier: NSObject, NSCopying {
  private static let key = "ECID"

  /// The identifier as a binary property list, to be stored and handed to `init(dataRepresentation:)` again.
  public let dataRepresentation: Data

  /// The number that the identifier is.
  let ecid: UInt64

  /// A new identifier, different from all others.
  public override init() {
    // Within the numbers that every reader of property lists knows as positive.
    ecid = UInt64.random(in: 1...UInt64(Int64.max))
    dataRepresentation = BinaryPropertyListWriter.write([Self.key: .number(ecid)])
    super.init()
  }

  /// The identifier that `dataRepresentation` once gave; nil when the data is not one.
  public init?(dataRepresentation: Data) {
    guard let list = BinaryPropertyList.decode(dataRepresentation),
      let ecid = BinaryPropertyList.unsigned(list[Self.key]), ecid > 0
    else { return nil }
    self.ecid = ecid
    self.dataRepresentation = dataRepresentation
    super.init()
  }

  public func copy(with zone: NSZone? = nil) -> Any {
    self
  }

  public override func isEqual(_ object: Any?) -> Bool {
    (object as? VZMacMachineIdentifier)?.dataRepresentation == dataRepresentation
  }

  public override var hash: Int {
    dataRepresentation.hashValue
  }
}
