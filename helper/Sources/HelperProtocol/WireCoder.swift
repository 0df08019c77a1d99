import Foundation
import JSONRPC

/// The one place where JSON becomes wire types and back.
public enum WireCoder {
  /// - Parameters:
  ///   - root: The name of the value in messages, such as `params`.
  ///   - pathBase: The folder that relative paths are in; without it they are refused.
  /// - Throws: ``WireFault`` that names the place of what does not fit.
  public static func decode<T: Decodable>(
    _ type: T.Type, from bytes: some Sequence<UInt8>, root: String, pathBase: String? = nil
  ) throws -> T {
    do {
      // A coder must not be shared between threads; making one costs less than a lock around a shared one.
      let decoder = JSONDecoder()
      if let pathBase { decoder.userInfo[PathString.base] = pathBase }
      return try JSONText.decode(type, from: bytes, using: decoder)
    } catch let fault as WireFault {
      throw fault.under(root)
    } catch let error as JSONScanError {
      throw WireFault(path: root, problem: "cannot be read: \(error)")
    } catch let error as DecodingError {
      throw WireFault(error).under(root)
    }
  }

  /// - Throws: `EncodingError` when a value has no place in JSON, such as an infinite number.
  public static func encode(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return Array(try encoder.encode(value))
  }

  /// The same for a file that people read: on many lines, in a lasting order, paths in `pathBase` relative to it.
  public static func encodeForFile(_ value: some Encodable, pathBase: String) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes, .prettyPrinted, .sortedKeys]
    encoder.userInfo[PathString.base] = pathBase
    return Array(try encoder.encode(value)) + [UInt8(ascii: "\n")]
  }
}
