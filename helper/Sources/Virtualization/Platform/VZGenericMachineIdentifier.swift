import Foundation

/// Tells one machine from another. Equal when the data is. (macOS 13)
public final class VZGenericMachineIdentifier: NSObject, NSCopying {
  /// The identifier as a binary property list, to be stored and handed to `init(dataRepresentation:)` again.
  public let dataRepresentation: Data

  /// A new identifier, different from all others.
  public override init() {
    dataRepresentation = MachineIdentifierFormat.encode(UUID())
    super.init()
  }

  /// The identifier that `dataRepresentation` once gave; nil when the data is not one.
  public init?(dataRepresentation: Data) {
    guard MachineIdentifierFormat.decode(dataRepresentation) != nil else { return nil }
    self.dataRepresentation = dataRepresentation
    super.init()
  }

  public func copy(with zone: NSZone? = nil) -> Any {
    self
  }

  public override func isEqual(_ object: Any?) -> Bool {
    (object as? VZGenericMachineIdentifier)?.dataRepresentation == dataRepresentation
  }

  public override var hash: Int {
    dataRepresentation.hashValue
  }

  /// The number that the guest's firmware tables show.
  var uuid: UUID {
    guard let uuid = MachineIdentifierFormat.decode(dataRepresentation) else {
      preconditionFailure("both initializers make sure that the data decodes")
    }
    return uuid
  }
}
