import Foundation

/// The value of macOS's `NSLocalizedFailureErrorKey`, which Foundation for Linux does not name.
private let failureKey = "NSLocalizedFailure"

extension VZError {
  /// An error with plain words in all the places where callers look for them.
  ///
  /// - Parameters:
  ///   - reason: one or two sentences that say what happened, to what, and what to do when `suggestion` is nil.
  ///   - suggestion: what the user can do about it.
  ///   - underlying: the error of the lower layer.
  init(_ code: Code, reason: String, suggestion: String? = nil, underlying: (any Error)? = nil) {
    var userInfo: [String: Any] = [
      failureKey: code.failure,
      NSLocalizedFailureReasonErrorKey: reason,
      NSLocalizedDescriptionKey: [code.failure, reason, suggestion].compactMap { $0 }.joined(separator: " "),
    ]
    userInfo[NSLocalizedRecoverySuggestionErrorKey] = suggestion
    // As the framework has it there: Foundation for Linux does not turn every error into an NSError when asked.
    userInfo[NSUnderlyingErrorKey] = underlying.map { ($0 as? VZError)?._nsError ?? $0 as NSError }
    self.init(_nsError: NSError(domain: VZErrorDomain, code: code.rawValue, userInfo: userInfo))
  }
}

extension VZError.Code {
  /// The sentence that opens the description of every error with this code.
  var failure: String {
    switch self {
    case .internalError: return "Internal virtualization error."
    case .invalidVirtualMachineConfiguration: return "Invalid virtual machine configuration."
    case .invalidVirtualMachineState: return "Invalid virtual machine state."
    case .invalidVirtualMachineStateTransition: return "Invalid virtual machine state transition."
    case .invalidDiskImage: return "Invalid disk image."
    case .virtualMachineLimitExceeded: return "Too many virtual machines are running."
    case .networkError: return "Network error."
    case .outOfDiskSpace: return "Not enough free disk space."
    case .operationCancelled: return "The operation was cancelled."
    case .notSupported: return "Not supported on this host."
    case .save: return "The virtual machine's state could not be saved."
    case .restore: return "The virtual machine's state could not be restored."
    case .restoreImageCatalogLoadFailed: return "The restore image catalog could not be loaded."
    case .invalidRestoreImageCatalog: return "Invalid restore image catalog."
    case .noSupportedRestoreImagesInCatalog: return "The catalog has no restore image for this host."
    case .restoreImageLoadFailed: return "The restore image could not be loaded."
    case .invalidRestoreImage: return "Invalid restore image."
    case .installationRequiresUpdate: return "The installation requires a software update of the host."
    case .installationFailed: return "The installation failed."
    case .networkBlockDeviceNegotiationFailed: return "The network block device could not be negotiated."
    case .networkBlockDeviceDisconnected: return "The network block device is disconnected."
    case .usbControllerNotFound: return "USB controller not found."
    case .deviceAlreadyAttached: return "The USB device is already attached."
    case .deviceInitializationFailure: return "The USB device could not be started."
    case .deviceNotFound: return "The USB device is not attached."
    case .guestProvisioningInvalidFullName: return "Invalid full name for the guest's user."
    case .guestProvisioningInvalidUsername: return "Invalid user name for the guest's user."
    case .guestProvisioningInvalidPassword: return "Invalid password for the guest's user."
    case .efiSecureBootEnrollmentFailed: return "Enrolling secure boot signatures failed."
    case .efiVariableInaccessible: return "An EFI variable is not accessible."
    }
  }
}
