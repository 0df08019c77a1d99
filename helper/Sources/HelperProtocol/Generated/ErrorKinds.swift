// generated from protocol/spec by scripts/generate.ts, do not edit
// swift-format-ignore-file

extension ErrorKind {
  /// The bytes are not JSON.
  public static let parseError = ErrorKind(
    name: "parseError", code: -32700,
    hint: "Send one valid JSON text a frame.")

  /// The JSON is not a JSON-RPC 2.0 request.
  public static let invalidRequest = ErrorKind(
    name: "invalidRequest", code: -32600,
    hint: "Send jsonrpc, method, id and params as JSON-RPC 2.0 says.")

  /// The helper has no such method.
  public static let methodNotFound = ErrorKind(
    name: "methodNotFound", code: -32601,
    hint: "Compare the name with the protocol's reference and the protocol versions of both sides.")

  /// A parameter is missing, unknown, of the wrong type or out of range; `data.path` names it.
  public static let invalidParams = ErrorKind(
    name: "invalidParams", code: -32602,
    hint: "Correct the named field.")

  /// The helper or the framework failed in a way that is not the caller's fault.
  public static let internalError = ErrorKind(
    name: "internalError", code: -32603,
    hint: "Read the helper's log; report it with the error's chain.")

  /// The caller cancelled the request.
  public static let requestCancelled = ErrorKind(
    name: "requestCancelled", code: -32800,
    hint: "Send the request again if it is still wanted.")

  /// A message was larger than the limit.
  public static let frameTooLarge = ErrorKind(
    name: "frameTooLarge", code: -32007,
    hint: "Send less at once; bulk bytes go through the socket that a method returns.")

  /// The client and the helper have no protocol version in common.
  public static let unsupportedProtocolVersion = ErrorKind(
    name: "unsupportedProtocolVersion", code: -32002,
    hint: "Install versions of client and helper that belong together.")

  /// The helper is shutting down and takes no more requests.
  public static let shuttingDown = ErrorKind(
    name: "shuttingDown", code: -32003,
    hint: "Start a new helper.")

  /// The connection has too many requests in flight.
  public static let tooManyRequests = ErrorKind(
    name: "tooManyRequests", code: -32004,
    hint: "Wait for answers before sending more.")

  /// No machine has this handle.
  public static let machineNotFound = ErrorKind(
    name: "machineNotFound", code: -32010,
    hint: "Use the handle that machine.create returned; a disposed machine is gone.")

  /// The machine has no console of this name.
  public static let consoleNotFound = ErrorKind(
    name: "consoleNotFound", code: -32011,
    hint: "Use one of the names in the resolved configuration.")

  /// The machine was configured without the device that the request needs.
  public static let deviceNotConfigured = ErrorKind(
    name: "deviceNotConfigured", code: -32012,
    hint: "Add the device to the configuration and create the machine again.")

  /// A file or folder does not exist.
  public static let fileNotFound = ErrorKind(
    name: "fileNotFound", code: -32020,
    hint: "Check the path; paths are absolute.")

  /// The file exists already and would be overwritten.
  public static let fileExists = ErrorKind(
    name: "fileExists", code: -32021,
    hint: "Choose another path or allow overwriting.")

  /// The operating system refuses access.
  public static let permissionDenied = ErrorKind(
    name: "permissionDenied", code: -32022,
    hint: "Check the owner and the permissions of the file and its folders.")

  /// Another machine or process is using the file.
  public static let inUse = ErrorKind(
    name: "inUse", code: -32023,
    hint: "Stop the machine that the message names or use a copy.")

  /// A running machine has the machine identifier or a MAC address of this one, as a copied bundle does.
  public static let identityInUse = ErrorKind(
    name: "identityInUse", code: -32038,
    hint: "Stop the machine that the message names, or give this one an identity of its own with bundle.renewIdentity.")

  /// Reading or writing failed.
  public static let inputOutput = ErrorKind(
    name: "inputOutput", code: -32024,
    hint: "Check the disk; the message holds the system's own words.")

  /// A path is longer than the system allows.
  public static let pathTooLong = ErrorKind(
    name: "pathTooLong", code: -32025,
    hint: "Choose a shorter path.")

  /// The folder is not a whole bundle.
  public static let bundleIncomplete = ErrorKind(
    name: "bundleIncomplete", code: -32026,
    hint: "Do what the message says; delete with bundle.delete what an interrupted request has left.")

  /// No system is installed on the bundle's disk.
  public static let notInstalled = ErrorKind(
    name: "notInstalled", code: -32028,
    hint: "Install it with machine.install first.")

  /// A system is installed on the bundle's disk already.
  public static let alreadyInstalled = ErrorKind(
    name: "alreadyInstalled", code: -32029,
    hint: "Start the machine, or set overwrite to install anew.")

  /// A newer version of vzkit made the bundle.
  public static let bundleTooNew = ErrorKind(
    name: "bundleTooNew", code: -32027,
    hint: "Update vzkit.")

  /// The program that runs guests on this host is not installed.
  public static let hypervisorMissing = ErrorKind(
    name: "hypervisorMissing", code: -32030,
    hint: "Install what the message names.")

  /// The program that runs the guest failed or was killed.
  public static let hypervisorFailed = ErrorKind(
    name: "hypervisorFailed", code: -32031,
    hint: "Read the last lines it printed, in the message.")

  /// Nothing in the guest listens on this port.
  public static let guestRefused = ErrorKind(
    name: "guestRefused", code: -32032,
    hint: "Start the guest's service first; try again when it listens.")

  /// The operation did not finish in the given time.
  public static let timedOut = ErrorKind(
    name: "timedOut", code: -32033,
    hint: "Allow more time or see why it hangs.")

  /// The helper's signature lacks the entitlement com.apple.security.virtualization.
  public static let entitlementMissing = ErrorKind(
    name: "entitlementMissing", code: -32034,
    hint: "Install the package anew; in a clone run npm run build:helper.")

  /// A virtual Mac did not start, and the user's keychain, which it needs, is locked or missing.
  public static let keychainLocked = ErrorKind(
    name: "keychainLocked", code: -32035,
    hint: "Run in the helper's session: security unlock-keychain login.keychain")

  /// The configuration breaks a rule of the framework.
  public static let invalidConfiguration = ErrorKind(
    name: "invalidConfiguration", code: -32040,
    hint: "Correct what the message names.")

  /// The machine is in the wrong state for this.
  public static let invalidState = ErrorKind(
    name: "invalidState", code: -32041,
    hint: "Look at the machine's state first.")

  /// The machine cannot go from its state to the wanted one.
  public static let invalidStateTransition = ErrorKind(
    name: "invalidStateTransition", code: -32042,
    hint: "Look at the machine's state first.")

  /// The disk image is broken or of an unknown format.
  public static let invalidDiskImage = ErrorKind(
    name: "invalidDiskImage", code: -32043,
    hint: "Use a RAW image whose size is a multiple of 512 bytes.")

  /// The host runs as many virtual machines as it may.
  public static let virtualMachineLimitExceeded = ErrorKind(
    name: "virtualMachineLimitExceeded", code: -32044,
    hint: "Stop another machine first.")

  /// The network failed.
  public static let networkError = ErrorKind(
    name: "networkError", code: -32045,
    hint: "Check the connection and try again.")

  /// The disk is full.
  public static let outOfDiskSpace = ErrorKind(
    name: "outOfDiskSpace", code: -32046,
    hint: "Free space on the volume that the message names.")

  /// The operation was cancelled.
  public static let operationCancelled = ErrorKind(
    name: "operationCancelled", code: -32047,
    hint: "Start it again if it is still wanted.")

  /// This host cannot do it.
  public static let notSupported = ErrorKind(
    name: "notSupported", code: -32048,
    hint: "See the list of unavailable features in the answer to initialize.")

  /// The machine's state could not be saved.
  public static let saveFailed = ErrorKind(
    name: "saveFailed", code: -32049,
    hint: "Check the devices that block saving and the free space.")

  /// The machine's state could not be restored.
  public static let restoreFailed = ErrorKind(
    name: "restoreFailed", code: -32050,
    hint: "Restore with the configuration and on the host that saved it.")

  /// The catalogue of restore images could not be loaded.
  public static let restoreImageCatalogLoadFailed = ErrorKind(
    name: "restoreImageCatalogLoadFailed", code: -32051,
    hint: "Check the connection and try again.")

  /// The catalogue of restore images is not readable.
  public static let invalidRestoreImageCatalog = ErrorKind(
    name: "invalidRestoreImageCatalog", code: -32052,
    hint: "Try again later or give a restore image of your own.")

  /// No restore image in the catalogue runs on this host.
  public static let noSupportedRestoreImagesInCatalog = ErrorKind(
    name: "noSupportedRestoreImagesInCatalog", code: -32053,
    hint: "Update the host or give an older restore image.")

  /// The restore image could not be loaded.
  public static let restoreImageLoadFailed = ErrorKind(
    name: "restoreImageLoadFailed", code: -32054,
    hint: "Check the path and the file.")

  /// The restore image is broken or not a restore image.
  public static let invalidRestoreImage = ErrorKind(
    name: "invalidRestoreImage", code: -32055,
    hint: "Download it again.")

  /// The host is too old to install this restore image.
  public static let installationRequiresUpdate = ErrorKind(
    name: "installationRequiresUpdate", code: -32056,
    hint: "Update macOS or the device support packages of the host.")

  /// Installing macOS failed.
  public static let installationFailed = ErrorKind(
    name: "installationFailed", code: -32057,
    hint: "Read the chain of causes; delete the bundle's disk and start again.")

  /// The network block device server refused the session.
  public static let networkBlockDeviceNegotiationFailed = ErrorKind(
    name: "networkBlockDeviceNegotiationFailed", code: -32058,
    hint: "Check the URL and the export name.")

  /// The network block device is gone for good.
  public static let networkBlockDeviceDisconnected = ErrorKind(
    name: "networkBlockDeviceDisconnected", code: -32059,
    hint: "Check the server and start the machine again.")

  /// The machine has no such USB controller.
  public static let usbControllerNotFound = ErrorKind(
    name: "usbControllerNotFound", code: -32060,
    hint: "Add a USB controller to the configuration.")

  /// The device is attached already.
  public static let deviceAlreadyAttached = ErrorKind(
    name: "deviceAlreadyAttached", code: -32061,
    hint: "Detach it first.")

  /// The device could not be started.
  public static let deviceInitializationFailure = ErrorKind(
    name: "deviceInitializationFailure", code: -32062,
    hint: "Read the chain of causes.")

  /// The device is not attached here.
  public static let deviceNotFound = ErrorKind(
    name: "deviceNotFound", code: -32063,
    hint: "List the attached devices first.")

  /// The full name of the first user is not valid.
  public static let guestProvisioningInvalidFullName = ErrorKind(
    name: "guestProvisioningInvalidFullName", code: -32064,
    hint: "Choose another full name.")

  /// The name of the first user is not valid.
  public static let guestProvisioningInvalidUsername = ErrorKind(
    name: "guestProvisioningInvalidUsername", code: -32065,
    hint: "Choose another user name.")

  /// The password of the first user is not valid.
  public static let guestProvisioningInvalidPassword = ErrorKind(
    name: "guestProvisioningInvalidPassword", code: -32066,
    hint: "Choose another password.")

  /// Secure Boot keys could not be enrolled.
  public static let efiSecureBootEnrollmentFailed = ErrorKind(
    name: "efiSecureBootEnrollmentFailed", code: -32067,
    hint: "Check the signatures and the variable store.")

  /// A variable of the EFI store cannot be read.
  public static let efiVariableInaccessible = ErrorKind(
    name: "efiVariableInaccessible", code: -32068,
    hint: "Check the variable store's file.")

  /// The guest showed nothing on the display all the time.
  public static let displayBlank = ErrorKind(
    name: "displayBlank", code: -32070,
    hint: "Give the guest more time to draw; see on its console whether it boots.")

  /// Every kind of the protocol.
  public static let all: [ErrorKind] = [
    .parseError,
    .invalidRequest,
    .methodNotFound,
    .invalidParams,
    .internalError,
    .requestCancelled,
    .frameTooLarge,
    .unsupportedProtocolVersion,
    .shuttingDown,
    .tooManyRequests,
    .machineNotFound,
    .consoleNotFound,
    .deviceNotConfigured,
    .fileNotFound,
    .fileExists,
    .permissionDenied,
    .inUse,
    .identityInUse,
    .inputOutput,
    .pathTooLong,
    .bundleIncomplete,
    .notInstalled,
    .alreadyInstalled,
    .bundleTooNew,
    .hypervisorMissing,
    .hypervisorFailed,
    .guestRefused,
    .timedOut,
    .entitlementMissing,
    .keychainLocked,
    .invalidConfiguration,
    .invalidState,
    .invalidStateTransition,
    .invalidDiskImage,
    .virtualMachineLimitExceeded,
    .networkError,
    .outOfDiskSpace,
    .operationCancelled,
    .notSupported,
    .saveFailed,
    .restoreFailed,
    .restoreImageCatalogLoadFailed,
    .invalidRestoreImageCatalog,
    .noSupportedRestoreImagesInCatalog,
    .restoreImageLoadFailed,
    .invalidRestoreImage,
    .installationRequiresUpdate,
    .installationFailed,
    .networkBlockDeviceNegotiationFailed,
    .networkBlockDeviceDisconnected,
    .usbControllerNotFound,
    .deviceAlreadyAttached,
    .deviceInitializationFailure,
    .deviceNotFound,
    .guestProvisioningInvalidFullName,
    .guestProvisioningInvalidUsername,
    .guestProvisioningInvalidPassword,
    .efiSecureBootEnrollmentFailed,
    .efiVariableInaccessible,
    .displayBlank,
  ]
}
