import Foundation

/// A failed system call, in the words of the C library.
struct SystemError: Error, CustomStringConvertible {
  let code: Int32

  init(_ code: Int32) {
    self.code = code
  }

  var description: String { String(cString: strerror(code)) }

  /// As an `NSError` of the POSIX domain, for chains of underlying errors.
  var foundationError: NSError {
    NSError(domain: NSPOSIXErrorDomain, code: Int(code), userInfo: [NSLocalizedDescriptionKey: description])
  }
}
