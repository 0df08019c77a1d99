// generated from protocol/spec by scripts/generate.ts, do not edit

/** One kind of error: its JSON-RPC code, what it means and what to do about it. */
export interface ErrorKindInfo {
  readonly code: number;
  readonly doc: string;
  readonly hint: string;
}

/** Every kind of error of the protocol, by its name. */
export const errorKinds = {
  /** The bytes are not JSON. */
  parseError: {
    code: -32700,
    doc: "The bytes are not JSON.",
    hint: "Send one valid JSON text a frame.",
  },
  /** The JSON is not a JSON-RPC 2.0 request. */
  invalidRequest: {
    code: -32600,
    doc: "The JSON is not a JSON-RPC 2.0 request.",
    hint: "Send jsonrpc, method, id and params as JSON-RPC 2.0 says.",
  },
  /** The helper has no such method. */
  methodNotFound: {
    code: -32601,
    doc: "The helper has no such method.",
    hint: "Compare the name with the protocol's reference and the protocol versions of both sides.",
  },
  /** A parameter is missing, unknown, of the wrong type or out of range; `data.path` names it. */
  invalidParams: {
    code: -32602,
    doc: "A parameter is missing, unknown, of the wrong type or out of range; `data.path` names it.",
    hint: "Correct the named field.",
  },
  /** The helper or the framework failed in a way that is not the caller's fault. */
  internalError: {
    code: -32603,
    doc: "The helper or the framework failed in a way that is not the caller's fault.",
    hint: "Read the helper's log; report it with the error's chain.",
  },
  /** The caller cancelled the request. */
  requestCancelled: {
    code: -32800,
    doc: "The caller cancelled the request.",
    hint: "Send the request again if it is still wanted.",
  },
  /** A message was larger than the limit. */
  frameTooLarge: {
    code: -32007,
    doc: "A message was larger than the limit.",
    hint: "Send less at once; bulk bytes go through the socket that a method returns.",
  },
  /** The client and the helper have no protocol version in common. */
  unsupportedProtocolVersion: {
    code: -32002,
    doc: "The client and the helper have no protocol version in common.",
    hint: "Install versions of client and helper that belong together.",
  },
  /** The helper is shutting down and takes no more requests. */
  shuttingDown: {
    code: -32003,
    doc: "The helper is shutting down and takes no more requests.",
    hint: "Start a new helper.",
  },
  /** The connection has too many requests in flight. */
  tooManyRequests: {
    code: -32004,
    doc: "The connection has too many requests in flight.",
    hint: "Wait for answers before sending more.",
  },
  /** No machine has this handle. */
  machineNotFound: {
    code: -32010,
    doc: "No machine has this handle.",
    hint: "Use the handle that machine.create returned; a disposed machine is gone.",
  },
  /** The machine has no console of this name. */
  consoleNotFound: {
    code: -32011,
    doc: "The machine has no console of this name.",
    hint: "Use one of the names in the resolved configuration.",
  },
  /** The machine was configured without the device that the request needs. */
  deviceNotConfigured: {
    code: -32012,
    doc: "The machine was configured without the device that the request needs.",
    hint: "Add the device to the configuration and create the machine again.",
  },
  /** A file or folder does not exist. */
  fileNotFound: {
    code: -32020,
    doc: "A file or folder does not exist.",
    hint: "Check the path; paths are absolute.",
  },
  /** The file exists already and would be overwritten. */
  fileExists: {
    code: -32021,
    doc: "The file exists already and would be overwritten.",
    hint: "Choose another path or allow overwriting.",
  },
  /** The operating system refuses access. */
  permissionDenied: {
    code: -32022,
    doc: "The operating system refuses access.",
    hint: "Check the owner and the permissions of the file and its folders.",
  },
  /** Another machine or process is using the file. */
  inUse: {
    code: -32023,
    doc: "Another machine or process is using the file.",
    hint: "Stop the machine that the message names or use a copy.",
  },
  /** A running machine has the machine identifier or a MAC address of this one, as a copied bundle does. */
  identityInUse: {
    code: -32038,
    doc: "A running machine has the machine identifier or a MAC address of this one, as a copied bundle does.",
    hint: "Stop the machine that the message names, or give this one an identity of its own with bundle.renewIdentity.",
  },
  /** Reading or writing failed. */
  inputOutput: {
    code: -32024,
    doc: "Reading or writing failed.",
    hint: "Check the disk; the message holds the system's own words.",
  },
  /** A path is longer than the system allows. */
  pathTooLong: {
    code: -32025,
    doc: "A path is longer than the system allows.",
    hint: "Choose a shorter path.",
  },
  /** The folder is not a whole bundle. */
  bundleIncomplete: {
    code: -32026,
    doc: "The folder is not a whole bundle.",
    hint: "Do what the message says; delete with bundle.delete what an interrupted request has left.",
  },
  /** No system is installed on the bundle's disk. */
  notInstalled: {
    code: -32028,
    doc: "No system is installed on the bundle's disk.",
    hint: "Install it with machine.install first.",
  },
  /** A system is installed on the bundle's disk already. */
  alreadyInstalled: {
    code: -32029,
    doc: "A system is installed on the bundle's disk already.",
    hint: "Start the machine, or set overwrite to install anew.",
  },
  /** A newer version of vzkit made the bundle. */
  bundleTooNew: {
    code: -32027,
    doc: "A newer version of vzkit made the bundle.",
    hint: "Update vzkit.",
  },
  /** The program that runs guests on this host is not installed. */
  hypervisorMissing: {
    code: -32030,
    doc: "The program that runs guests on this host is not installed.",
    hint: "Install what the message names.",
  },
  /** The program that runs the guest failed or was killed. */
  hypervisorFailed: {
    code: -32031,
    doc: "The program that runs the guest failed or was killed.",
    hint: "Read the last lines it printed, in the message.",
  },
  /** Nothing in the guest listens on this port. */
  guestRefused: {
    code: -32032,
    doc: "Nothing in the guest listens on this port.",
    hint: "Start the guest's service first; try again when it listens.",
  },
  /** The operation did not finish in the given time. */
  timedOut: {
    code: -32033,
    doc: "The operation did not finish in the given time.",
    hint: "Allow more time or see why it hangs.",
  },
  /** The helper's signature lacks the entitlement com.apple.security.virtualization. */
  entitlementMissing: {
    code: -32034,
    doc: "The helper's signature lacks the entitlement com.apple.security.virtualization.",
    hint: "Install the package anew; in a clone run npm run build:helper.",
  },
  /** A virtual Mac did not start, and the user's keychain, which it needs, is locked or missing. */
  keychainLocked: {
    code: -32035,
    doc: "A virtual Mac did not start, and the user's keychain, which it needs, is locked or missing.",
    hint: "Run in the helper's session: security unlock-keychain login.keychain",
  },
  /** The configuration breaks a rule of the framework. */
  invalidConfiguration: {
    code: -32040,
    doc: "The configuration breaks a rule of the framework.",
    hint: "Correct what the message names.",
  },
  /** The machine is in the wrong state for this. */
  invalidState: {
    code: -32041,
    doc: "The machine is in the wrong state for this.",
    hint: "Look at the machine's state first.",
  },
  /** The machine cannot go from its state to the wanted one. */
  invalidStateTransition: {
    code: -32042,
    doc: "The machine cannot go from its state to the wanted one.",
    hint: "Look at the machine's state first.",
  },
  /** The disk image is broken or of an unknown format. */
  invalidDiskImage: {
    code: -32043,
    doc: "The disk image is broken or of an unknown format.",
    hint: "Use a RAW image whose size is a multiple of 512 bytes.",
  },
  /** The host runs as many virtual machines as it may. */
  virtualMachineLimitExceeded: {
    code: -32044,
    doc: "The host runs as many virtual machines as it may.",
    hint: "Stop another machine first.",
  },
  /** The network failed. */
  networkError: {
    code: -32045,
    doc: "The network failed.",
    hint: "Check the connection and try again.",
  },
  /** The disk is full. */
  outOfDiskSpace: {
    code: -32046,
    doc: "The disk is full.",
    hint: "Free space on the volume that the message names.",
  },
  /** The operation was cancelled. */
  operationCancelled: {
    code: -32047,
    doc: "The operation was cancelled.",
    hint: "Start it again if it is still wanted.",
  },
  /** This host cannot do it. */
  notSupported: {
    code: -32048,
    doc: "This host cannot do it.",
    hint: "See the list of unavailable features in the answer to initialize.",
  },
  /** The machine's state could not be saved. */
  saveFailed: {
    code: -32049,
    doc: "The machine's state could not be saved.",
    hint: "Check the devices that block saving and the free space.",
  },
  /** The machine's state could not be restored. */
  restoreFailed: {
    code: -32050,
    doc: "The machine's state could not be restored.",
    hint: "Restore with the configuration and on the host that saved it.",
  },
  /** The catalogue of restore images could not be loaded. */
  restoreImageCatalogLoadFailed: {
    code: -32051,
    doc: "The catalogue of restore images could not be loaded.",
    hint: "Check the connection and try again.",
  },
  /** The catalogue of restore images is not readable. */
  invalidRestoreImageCatalog: {
    code: -32052,
    doc: "The catalogue of restore images is not readable.",
    hint: "Try again later or give a restore image of your own.",
  },
  /** No restore image in the catalogue runs on this host. */
  noSupportedRestoreImagesInCatalog: {
    code: -32053,
    doc: "No restore image in the catalogue runs on this host.",
    hint: "Update the host or give an older restore image.",
  },
  /** The restore image could not be loaded. */
  restoreImageLoadFailed: {
    code: -32054,
    doc: "The restore image could not be loaded.",
    hint: "Check the path and the file.",
  },
  /** The restore image is broken or not a restore image. */
  invalidRestoreImage: {
    code: -32055,
    doc: "The restore image is broken or not a restore image.",
    hint: "Download it again.",
  },
  /** The host is too old to install this restore image. */
  installationRequiresUpdate: {
    code: -32056,
    doc: "The host is too old to install this restore image.",
    hint: "Update macOS or the device support packages of the host.",
  },
  /** Installing macOS failed. */
  installationFailed: {
    code: -32057,
    doc: "Installing macOS failed.",
    hint: "Read the chain of causes; delete the bundle's disk and start again.",
  },
  /** The network block device server refused the session. */
  networkBlockDeviceNegotiationFailed: {
    code: -32058,
    doc: "The network block device server refused the session.",
    hint: "Check the URL and the export name.",
  },
  /** The network block device is gone for good. */
  networkBlockDeviceDisconnected: {
    code: -32059,
    doc: "The network block device is gone for good.",
    hint: "Check the server and start the machine again.",
  },
  /** The machine has no such USB controller. */
  usbControllerNotFound: {
    code: -32060,
    doc: "The machine has no such USB controller.",
    hint: "Add a USB controller to the configuration.",
  },
  /** The device is attached already. */
  deviceAlreadyAttached: {
    code: -32061,
    doc: "The device is attached already.",
    hint: "Detach it first.",
  },
  /** The device could not be started. */
  deviceInitializationFailure: {
    code: -32062,
    doc: "The device could not be started.",
    hint: "Read the chain of causes.",
  },
  /** The device is not attached here. */
  deviceNotFound: {
    code: -32063,
    doc: "The device is not attached here.",
    hint: "List the attached devices first.",
  },
  /** The full name of the first user is not valid. */
  guestProvisioningInvalidFullName: {
    code: -32064,
    doc: "The full name of the first user is not valid.",
    hint: "Choose another full name.",
  },
  /** The name of the first user is not valid. */
  guestProvisioningInvalidUsername: {
    code: -32065,
    doc: "The name of the first user is not valid.",
    hint: "Choose another user name.",
  },
  /** The password of the first user is not valid. */
  guestProvisioningInvalidPassword: {
    code: -32066,
    doc: "The password of the first user is not valid.",
    hint: "Choose another password.",
  },
  /** Secure Boot keys could not be enrolled. */
  efiSecureBootEnrollmentFailed: {
    code: -32067,
    doc: "Secure Boot keys could not be enrolled.",
    hint: "Check the signatures and the variable store.",
  },
  /** A variable of the EFI store cannot be read. */
  efiVariableInaccessible: {
    code: -32068,
    doc: "A variable of the EFI store cannot be read.",
    hint: "Check the variable store's file.",
  },
  /** The guest showed nothing on the display all the time. */
  displayBlank: {
    code: -32070,
    doc: "The guest showed nothing on the display all the time.",
    hint: "Give the guest more time to draw; see on its console whether it boots.",
  },
} as const satisfies Readonly<Record<string, ErrorKindInfo>>;

/** The name of a kind of error that this version knows. */
export type KnownErrorKind = keyof typeof errorKinds;

/** Open: a newer helper may send kinds that are not listed. */
export type ErrorKind = KnownErrorKind | (string & {});
