import HelperProtocol

/// Checks of params that the wire types cannot express.
enum Bounds {
  /// - Throws: `invalidParams` that names the param.
  static func check(_ value: Double?, _ name: String, _ bounds: ClosedRange<Double>) throws {
    guard let value, !bounds.contains(value) else { return }
    throw WireError.invalidParams(
      "params.\(name)", "must be from \(Int(bounds.lowerBound)) to \(Int(bounds.upperBound)) seconds, not \(value)")
  }

  static func checkLength(_ text: String?, _ name: String, _ lengths: ClosedRange<Int>) throws {
    guard let text, !lengths.contains(text.utf8.count) else { return }
    throw WireError.invalidParams(
      "params.\(name)",
      "must have \(lengths.lowerBound) to \(lengths.upperBound) bytes, not \(text.utf8.count)")
  }
}
