import Foundation
import HelperProtocol
import Platform

extension ErrorKind {
  /// The kind of an error of the operating system.
  init(errno number: Int32) {
    switch number {
    case ENOENT, ENOTDIR: self = .fileNotFound
    case EEXIST, EISDIR, ENOTEMPTY: self = .fileExists
    case EACCES, EPERM, EROFS: self = .permissionDenied
    case ENOSPC, EDQUOT: self = .outOfDiskSpace
    case ENAMETOOLONG: self = .pathTooLong
    case EBUSY, ETXTBSY, EADDRINUSE: self = .inUse
    case EIO, ENXIO, ENODEV, EFBIG, EPIPE: self = .inputOutput
    case ETIMEDOUT: self = .timedOut
    case ECONNREFUSED, ECONNRESET, ENETUNREACH, EHOSTUNREACH: self = .networkError
    case ENOTSUP, EOPNOTSUPP, ENOSYS: self = .notSupported
    case ECANCELED: self = .operationCancelled
    default: self = .internalError
    }
  }
}

extension WireError {
  /// What went wrong with a system call, and the advice that belongs to its kind.
  init(_ error: SystemError) {
    let kind = ErrorKind(errno: error.number)
    let sentence = error.description.prefix(1).uppercased() + error.description.dropFirst()
    self.init(
      kind, "\(sentence). \(kind.hint)",
      apple: AppleError(
        domain: NSPOSIXErrorDomain, code: Int64(error.number), description: error.reason))
  }
}
