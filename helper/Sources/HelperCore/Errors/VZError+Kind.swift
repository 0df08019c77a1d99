import Foundation
import HelperProtocol
import Virtualization

extension ErrorKind {
  /// The kind of an error of the framework, by the number of its code.
  ///
  /// By number, so that codes newer than the SDK this was built with still have their kind.
  init?(virtualizationErrorCode code: Int) {
    guard let entry = virtualizationErrors[code] else { return nil }
    self = entry.kind
  }
}

/// The name that the framework's documentation gives to an error code.
func virtualizationErrorName(_ code: Int) -> String? { virtualizationErrors[code]?.name }

/// Every code of `VZError`.
private let virtualizationErrors: [Int: (name: String, kind: ErrorKind)] = [
  1: ("internalError", .internalError),
  2: ("invalidVirtualMachineConfiguration", .invalidConfiguration),
  3: ("invalidVirtualMachineState", .invalidState),
  4: ("invalidVirtualMachineStateTransition", .invalidStateTransition),
  5: ("invalidDiskImage", .invalidDiskImage),
  6: ("virtualMachineLimitExceeded", .virtualMachineLimitExceeded),
  7: ("networkError", .networkError),
  8: ("outOfDiskSpace", .outOfDiskSpace),
  9: ("operationCancelled", .operationCancelled),
  10: ("notSupported", .notSupported),
  11: ("save", .saveFailed),
  12: ("restore", .restoreFailed),
  10001: ("restoreImageCatalogLoadFailed", .restoreImageCatalogLoadFailed),
  10002: ("invalidRestoreImageCatalog", .invalidRestoreImageCatalog),
  10003: ("noSupportedRestoreImagesInCatalog", .noSupportedRestoreImagesInCatalog),
  10004: ("restoreImageLoadFailed", .restoreImageLoadFailed),
  10005: ("invalidRestoreImage", .invalidRestoreImage),
  10006: ("installationRequiresUpdate", .installationRequiresUpdate),
  10007: ("installationFailed", .installationFailed),
  20001: ("networkBlockDeviceNegotiationFailed", .networkBlockDeviceNegotiationFailed),
  20002: ("networkBlockDeviceDisconnected", .networkBlockDeviceDisconnected),
  30001: ("usbControllerNotFound", .usbControllerNotFound),
  30002: ("deviceAlreadyAttached", .deviceAlreadyAttached),
  30003: ("deviceInitializationFailure", .deviceInitializationFailure),
  30004: ("deviceNotFound", .deviceNotFound),
  40001: ("guestProvisioningInvalidFullName", .guestProvisioningInvalidFullName),
  40002: ("guestProvisioningInvalidUsername", .guestProvisioningInvalidUsername),
  40003: ("guestProvisioningInvalidPassword", .guestProvisioningInvalidPassword),
  50001: ("efiSecureBootEnrollmentFailed", .efiSecureBootEnrollmentFailed),
  50002: ("efiVariableInaccessible", .efiVariableInaccessible),
]
