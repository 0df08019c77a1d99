import HelperProtocol
import Platform

/// Runs what only Macs with Apple silicon have.
///
/// - Parameter field: what asks for it; the error of another Mac names it.
func onAppleSilicon<Result>(_ field: String, _ body: () throws -> Result) throws -> Result {
  do {
    return try body()
  } catch let missing as AppleSilicon.Missing {
    throw WireError(.notSupported, "\(field): \(missing)", path: field)
  }
}
