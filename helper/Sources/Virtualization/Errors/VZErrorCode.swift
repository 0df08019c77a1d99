import Foundation

extension VZError {
  /// What kind of failure an error reports. The numbers are the ones of the framework's `NSError` codes. (macOS 11)
  public enum Code: Int, _ErrorCodeProtocol, Sendable {
    public typealias _ErrorType = VZError

    /// Something failed that has no code of its own; the reason says what.
    case internalError = 1
    /// A part of the configuration breaks a rule; the reason names the part.
    case invalidVirtualMachineConfiguration = 2
    /// The operation is not allowed in the machine's present state.
    case invalidVirtualMachineState = 3
    /// The machine cannot go from its present state to the wanted one.
    case invalidVirtualMachineStateTransition = 4
    /// The disk image is missing, broken or of an unknown format.
    case invalidDiskImage = 5
    /// The host runs as many machines as it may. (macOS 12)
    case virtualMachineLimitExceeded = 6
    /// A network transfer failed. (macOS 13)
    case networkError = 7
    /// The host's disk is full. (macOS 13)
    case outOfDiskSpace = 8
    /// The caller cancelled the operation. (macOS 13)
    case operationCancelled = 9
    /// This host cannot do what was asked. (macOS 13)
    case notSupported = 10
    /// The machine's state could not be saved. (macOS 14)
    case save = 11
    /// The machine's state could not be restored. (macOS 14)
    case restore = 12

    /// The catalogue of restore images could not be loaded. (macOS 13)
    case restoreImageCatalogLoadFailed = 10001
    /// The catalogue of restore images is broken. (macOS 13)
    case invalidRestoreImageCatalog = 10002
    /// The catalogue holds no restore image that this host can use. (macOS 13)
    case noSupportedRestoreImagesInCatalog = 10003
    /// The restore image could not be loaded. (macOS 13)
    case restoreImageLoadFailed = 10004
    /// The restore image is broken. (macOS 13)
    case invalidRestoreImage = 10005
    /// The host needs an update before it can install this restore image. (macOS 13)
    case installationRequiresUpdate = 10006
    /// Installing the guest's system failed. (macOS 13)
    case installationFailed = 10007

    /// The network block device's server and the host found no common ground. (macOS 14)
    case networkBlockDeviceNegotiationFailed = 20001
    /// The network block device's connection is gone for good. (macOS 14)
    case networkBlockDeviceDisconnected = 20002

    /// The machine has no such USB controller. (macOS 15)
    case usbControllerNotFound = 30001
    /// The USB device is attached already. (macOS 15)
    case deviceAlreadyAttached = 30002
    /// The USB device could not be started. (macOS 15)
    case deviceInitializationFailure = 30003
    /// The USB device is not attached here. (macOS 15)
    case deviceNotFound = 30004

    /// The full name of the guest's first user is not acceptable. (macOS 27)
    case guestProvisioningInvalidFullName = 40001
    /// The name of the guest's first user is not acceptable. (macOS 27)
    case guestProvisioningInvalidUsername = 40002
    /// The password of the guest's first user is not acceptable. (macOS 27)
    case guestProvisioningInvalidPassword = 40003

    /// Signatures could not be enrolled for secure boot. (macOS 27)
    case efiSecureBootEnrollmentFailed = 50001
    /// An EFI variable could not be read or written. (macOS 27)
    case efiVariableInaccessible = 50002
  }
}
