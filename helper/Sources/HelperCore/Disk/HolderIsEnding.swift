import HelperProtocol

/// A refusal that may not last: whoever holds the thing is about to end, and so to let go of it.
struct HolderIsEnding: Error {
  /// Seconds that a helper which was killed may take to let go of what it has.
  static let patience = 2.0
  /// Seconds between two attempts.
  static let pause = 0.02

  /// The error to tell when it does not end after all.
  let refusal: WireError
}
