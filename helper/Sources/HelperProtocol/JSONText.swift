import Foundation
import JSONRPC

/// Decodes JSON that others may have written.
///
/// Foundation's decoder alone will not do: up to Swift 6.0 it ends the process over a member's name that is not Unicode,
/// whether in its bytes or as half a surrogate pair such as `\ud800`.
public enum JSONText {
  /// - Throws: ``JSONScanError`` for what is not JSON in Unicode; what the decoder throws for the rest.
  public static func decode<T: Decodable>(
    _ type: T.Type, from bytes: some Sequence<UInt8>, using decoder: JSONDecoder = JSONDecoder()
  ) throws -> T {
    let text = Array(bytes)
    if let error = JSONScanner.validate(text, refusingLoneSurrogates: true) { throw error }
    return try decoder.decode(type, from: Data(text))
  }
}
