import Foundation
import HelperProtocol
import HostSystem
import JSONRPC
import Platform
import Virtualization

extension WireError {
  /// Any error in the protocol's words: our own ones as they are, the framework's with the chain of their causes.
  init(_ error: any Error) {
    switch error {
    case let error as WireError: self = error
    case let error as SystemError: self.init(error)
    case let error as AppleSilicon.Missing: self.init(.notSupported, "\(error)")
    default: self.init(error as NSError)
    }
  }

  private init(_ error: NSError) {
    let chain = AppleError(error)
    self.init(ErrorKind(error), chain.description, apple: chain)
  }
}

extension ErrorKind {
  /// The first error of the chain that has a kind of its own decides, an internal error of the framework apart: its
  /// cause says more.
  fileprivate init(_ error: NSError) {
    var next: NSError? = error
    var depth = 0
    while let current = next, depth < AppleError.maximumDepth {
      if let kind = Self(single: current), kind != .internalError {
        self = kind
        return
      }
      next = current.userInfo[NSUnderlyingErrorKey] as? NSError
      depth += 1
    }
    self = .internalError
  }

  private init?(single error: NSError) {
    switch error.domain {
    case VZErrorDomain: self.init(virtualizationErrorCode: error.code)
    case NSPOSIXErrorDomain: self.init(errno: Int32(truncatingIfNeeded: error.code))
    case NSCocoaErrorDomain: self.init(cocoaErrorCode: error.code)
    default: return nil
    }
  }

  private init?(cocoaErrorCode code: Int) {
    switch CocoaError.Code(rawValue: code) {
    case .fileNoSuchFile, .fileReadNoSuchFile: self = .fileNotFound
    case .fileReadNoPermission, .fileWriteNoPermission, .fileWriteVolumeReadOnly: self = .permissionDenied
    case .fileWriteFileExists: self = .fileExists
    case .fileWriteOutOfSpace: self = .outOfDiskSpace
    case .fileReadUnknown, .fileWriteUnknown: self = .inputOutput
    case .userCancelled: self = .operationCancelled
    default: return nil
    }
  }
}

extension AppleError {
  fileprivate static let maximumDepth = 8

  /// An error with the chain of its causes, as far as it is of reasonable length.
  fileprivate init(_ error: NSError, depth: Int = 0) {
    let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError
    self.init(
      domain: error.domain, code: Int64(error.code),
      name: error.domain == VZErrorDomain ? virtualizationErrorName(error.code) : nil,
      description: error.localizedDescription.printable, failureReason: error.localizedFailureReason?.printable,
      underlying: depth < Self.maximumDepth ? cause.map { AppleError($0, depth: depth + 1) } : nil)
  }
}
