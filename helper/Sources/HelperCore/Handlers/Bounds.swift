import HelperProtocol
import JSONRPC

/// Checks of params that the wire types cannot express.
enum Bounds {
  /// - Throws: `invalidParams` that names the param.
  static func check(_ value: Double?, _ name: String, _ bounds: ClosedRange<Double>) throws {
    guard let value, !bounds.contains(value) else { return }
    throw WireError.invalidParams(
      "params.\(name)", "must be from \(Int(bounds.lowerBound)) to \(Int(bounds.upperBound)) seconds, not \(value)")
  }

  /// Checks a name that people will see: it may not have characters that are not shown as themselves.
  ///
  /// - Parameter path: the whole path of the field.
  static func checkName(_ text: String?, at path: String) throws {
    guard let scalar = text?.unicodeScalars.first(where: \.isUnprintable) else { return }
    throw WireError.invalidParams(
      path,
      "must be a name that can be shown, but it has the character U+\(codePoint(scalar)), a control character or a mark "
        + "that turns the direction of writing. Leave it out")
  }

  private static func codePoint(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  static func checkLength(_ text: String?, _ name: String, _ lengths: ClosedRange<Int>) throws {
    guard let text, !lengths.contains(text.utf8.count) else { return }
    throw WireError.invalidParams(
      "params.\(name)",
      "must have \(lengths.lowerBound) to \(lengths.upperBound) bytes, not \(text.utf8.count)")
  }
}
