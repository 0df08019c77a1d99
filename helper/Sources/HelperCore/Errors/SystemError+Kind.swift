import Foundation
import HelperProtocol
import HostSystem
import Platform

extension ErrorKind {
  /// The kind of an error of the operating system. What is not listed is a fault of ours: no path, address or limit that a
  /// user chooses leads to it.
  init(errno number: Int32) {
    switch number {
    case ENOENT, ENOTDIR, ELOOP: self = .fileNotFound
    case EEXIST, EISDIR, ENOTEMPTY: self = .fileExists
    case EACCES, EPERM, EROFS: self = .permissionDenied
    case ENOSPC, EDQUOT: self = .outOfDiskSpace
    case ENAMETOOLONG: self = .pathTooLong
    case EBUSY, ETXTBSY, EADDRINUSE, EDEADLK: self = .inUse
    case EIO, ENXIO, ENODEV, EFBIG, EOVERFLOW, EPIPE, ESTALE, ENOTCONN: self = .inputOutput
    case ETIMEDOUT: self = .timedOut
    case ECONNREFUSED, ECONNRESET, ECONNABORTED, ENETDOWN, ENETUNREACH, EHOSTDOWN, EHOSTUNREACH: self = .networkError
    case EADDRNOTAVAIL, EAFNOSUPPORT: self = .invalidConfiguration
    case EMFILE, ENFILE, ENOMEM, EAGAIN, ENOLCK: self = .tooManyRequests
    case ENOTSUP, EOPNOTSUPP, ENOSYS, EXDEV, EMLINK, EILSEQ, ESPIPE, ENOTTY: self = .notSupported
    case ECANCELED: self = .operationCancelled
    default: self = .internalError
    }
  }
}

extension SystemError {
  /// What to do about it: more exact than the advice of its kind, where the number says more.
  var advice: String {
    switch number {
    case ENOTDIR: return "A part of the path is a file and not a folder; check the path."
    case ELOOP: return "A symbolic link on the way leads back to itself; check the links in the path."
    case EISDIR: return "It is a folder: name a file in it."
    case EROFS: return "The volume is read-only: choose a place on another one, or mount it writable."
    case EADDRINUSE: return "Choose another port or address, or end the program that has it."
    case EADDRNOTAVAIL, EAFNOSUPPORT: return "Use an address of this host."
    case EMFILE, ENFILE: return "Raise the limit of open files (ulimit -n), or stop some machines."
    case ENOMEM, EAGAIN: return "Raise the limits of memory and processes (ulimit), or stop some machines."
    case ENOLCK: return "Choose a place on a volume that knows file locks, which network volumes may not."
    case ESTALE, ENOTCONN: return "The volume has gone away: mount it again."
    case EXDEV: return "Choose a place on the same volume."
    case EILSEQ: return "The file system does not take such a name; choose another."
    case EFBIG, EOVERFLOW:
      return
        "It is more than the file system or a limit of this process allows; choose another volume or a smaller size."
    case EMLINK, ESPIPE, ENOTTY, ENOTSUP, EOPNOTSUPP:
      return "The file system or the device cannot do it; choose another place."
    default: return ErrorKind(errno: number).hint
    }
  }
}

extension WireError {
  /// What went wrong with a system call, and what to do about it.
  init(_ error: SystemError) {
    let sentence = error.description.prefix(1).uppercased() + error.description.dropFirst()
    self.init(
      ErrorKind(errno: error.number), "\(sentence). \(error.advice)",
      apple: AppleError(
        domain: NSPOSIXErrorDomain, code: Int64(error.number), description: error.reason))
    hint = error.advice
  }
}
