/// A piece of JSON text (UTF-8) that is passed on as it is, not decoded.
public struct RawJSON: Sendable, Equatable, CustomStringConvertible {
  /// The text: one complete JSON value.
  public let bytes: [UInt8]

  /// - Parameter bytes: one syntactically valid JSON value in UTF-8; checked in debug builds only.
  public init(bytes: [UInt8]) {
    assert(JSONScanner.validate(bytes) == nil, "not JSON: \(String(decoding: bytes.prefix(200), as: UTF8.self))")
    self.bytes = bytes
  }

  /// - Parameter string: one syntactically valid JSON value, such as `{"a":1}`; checked in debug builds only.
  public init(string: String) { self.init(bytes: Array(string.utf8)) }

  /// Takes bytes that the scanner has just seen to be valid.
  init(scanned: UnsafeBufferPointer<UInt8>) { bytes = Array(scanned) }

  public static let null = RawJSON(string: "null")
  public static let emptyObject = RawJSON(string: "{}")

  public var description: String { String(decoding: bytes, as: UTF8.self) }
}
