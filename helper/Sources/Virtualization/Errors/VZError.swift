import Foundation

// The spelling is Apple's.
// swift-format-ignore: AlwaysUseLowerCamelCase
/// The domain of the errors that the framework itself makes. Errors of lower layers keep their own domain. (macOS 11)
public let VZErrorDomain: String = "VZErrorDomain"

// The spelling of `_nsErrorDomain` is Foundation's.
// swift-format-ignore: DontRepeatTypeInStaticProperties
/// An error of the virtualization framework. `catch VZError.invalidDiskImage` matches by code. (macOS 11)
///
/// `localizedDescription` is one or two plain sentences; `userInfo` holds the reason alone, a suggestion where there is
/// one, and the error of the lower layer that caused this one.
public struct VZError: _BridgedStoredNSError {
  public let _nsError: NSError

  public init(_nsError error: NSError) {
    precondition(error.domain == VZErrorDomain)
    _nsError = error
  }

  public static var _nsErrorDomain: String { VZErrorDomain }

  /// Always `VZErrorDomain`.
  public static var errorDomain: String { VZErrorDomain }
}

// The spelling is Apple's.
// swift-format-ignore: DontRepeatTypeInStaticProperties
extension VZError {
  public static var internalError: Code { .internalError }
  public static var invalidVirtualMachineConfiguration: Code { .invalidVirtualMachineConfiguration }
  public static var invalidVirtualMachineState: Code { .invalidVirtualMachineState }
  public static var invalidVirtualMachineStateTransition: Code { .invalidVirtualMachineStateTransition }
  public static var invalidDiskImage: Code { .invalidDiskImage }
  public static var virtualMachineLimitExceeded: Code { .virtualMachineLimitExceeded }
  public static var networkError: Code { .networkError }
  public static var outOfDiskSpace: Code { .outOfDiskSpace }
  public static var operationCancelled: Code { .operationCancelled }
  public static var notSupported: Code { .notSupported }
  public static var save: Code { .save }
  public static var restore: Code { .restore }
  public static var restoreImageCatalogLoadFailed: Code { .restoreImageCatalogLoadFailed }
  public static var invalidRestoreImageCatalog: Code { .invalidRestoreImageCatalog }
  public static var noSupportedRestoreImagesInCatalog: Code { .noSupportedRestoreImagesInCatalog }
  public static var restoreImageLoadFailed: Code { .restoreImageLoadFailed }
  public static var invalidRestoreImage: Code { .invalidRestoreImage }
  public static var installationRequiresUpdate: Code { .installationRequiresUpdate }
  public static var installationFailed: Code { .installationFailed }
  public static var networkBlockDeviceNegotiationFailed: Code { .networkBlockDeviceNegotiationFailed }
  public static var networkBlockDeviceDisconnected: Code { .networkBlockDeviceDisconnected }
  public static var usbControllerNotFound: Code { .usbControllerNotFound }
  public static var deviceAlreadyAttached: Code { .deviceAlreadyAttached }
  public static var deviceInitializationFailure: Code { .deviceInitializationFailure }
  public static var deviceNotFound: Code { .deviceNotFound }
  public static var guestProvisioningInvalidFullName: Code { .guestProvisioningInvalidFullName }
  public static var guestProvisioningInvalidUsername: Code { .guestProvisioningInvalidUsername }
  public static var guestProvisioningInvalidPassword: Code { .guestProvisioningInvalidPassword }
  public static var efiSecureBootEnrollmentFailed: Code { .efiSecureBootEnrollmentFailed }
  public static var efiVariableInaccessible: Code { .efiVariableInaccessible }
}
