/// What is wrong with a received value, and where in it.
public struct WireFault: Error, Equatable, Sendable {
  /// The place, such as `params.configuration.storageDevices[1].attachment.path`.
  public let path: String
  /// The rest of the sentence that the path begins.
  public let problem: String

  /// The whole sentence.
  public var message: String { "\(path) \(problem)" }

  init(path: String, problem: String) {
    self.path = path
    self.problem = problem
  }

  /// The path is relative to the decoded value until ``under(_:)`` puts its name in front.
  init(path: [any CodingKey], problem: String) {
    self.init(path: path.map(Self.component).joined(), problem: problem)
  }

  func under(_ root: String) -> WireFault {
    WireFault(path: root + path, problem: problem)
  }

  private static func component(_ key: any CodingKey) -> String {
    if let index = key.intValue { return "[\(index)]" }
    let name = key.stringValue
    let isPlain = !name.isEmpty && name.utf8.allSatisfy(isWordByte)
    return isPlain ? ".\(name)" : "[\"\(name.prefix(64))\"]"
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
