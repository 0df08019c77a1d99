import Foundation
import HostSystem

extension NSError {
  /// An error of the POSIX domain in the system's own words, for chains of underlying errors.
  convenience init(errno number: Int32) {
    self.init(
      domain: NSPOSIXErrorDomain, code: Int(number),
      userInfo: [NSLocalizedDescriptionKey: SystemError.words(for: number)])
  }
}
