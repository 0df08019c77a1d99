import Foundation
import HelperProtocol

extension WireError {
  /// Calls a place in the params what the caller calls it, in the message and in the path.
  mutating func rename(_ place: String, to name: String) {
    message = message.replacingOccurrences(of: place, with: name)
    path = path?.replacingOccurrences(of: place, with: name)
  }
}
